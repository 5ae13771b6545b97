import { fromBase64Url, toBase64Url } from "../encoding/base64url.js";
import { onAbort, raceAbort } from "../internal/abort.js";
import type { SignAnswer, SignMessage } from "../link/messages.js";
import { type Decide, defaultReason } from "./approval.js";
import { ApplianceError } from "./errors.js";
import type { KeyStore } from "./keyStore.js";
import type { Pairs } from "./pairs.js";

/** A signature request that waits for the appliance's owner. */
export type WaitingRequest = SignMessage & {
  /** Signs. @throws ApplianceError `request_over` where it no longer waits. */
  readonly approve: () => Promise<void>;
  /** Refuses; the reason travels in the message of `user_rejected`. @throws ApplianceError `request_over`. */
  readonly reject: (reason?: string) => Promise<void>;
};

/** Answers the signature requests of one appliance. */
export type Signing = {
  sign(message: SignMessage, signal: AbortSignal): Promise<SignAnswer>;
  waiting(): readonly WaitingRequest[];
  /** Ends what waits for a pairing that is no more. */
  revoked(pairId: string): void;
};

type Waiting = { readonly message: SignMessage; readonly settle: (answer: SignAnswer) => void };

/** Makes the signing part: keys, the record of pairings, and who decides. */
export function createSigning(keys: KeyStore, pairs: Pairs, decide: Decide): Signing {
  const queue = new Map<string, Waiting>();

  /** Looks at the pairing again at the last moment, then signs. */
  const signNow = (message: SignMessage): SignAnswer => {
    const key = keys.find(message.address);
    const payload = fromBase64Url(message.payload);
    if (key === undefined || payload === undefined) return { kind: "out_of_scope" };
    return pairs.refusal(message) ?? { kind: "signed", signature: toBase64Url(key.sign(payload)) };
  };

  const wait = (message: SignMessage, signal: AbortSignal): Promise<SignAnswer> =>
    new Promise((resolve) => {
      let stop = (): void => {};
      const settle = (answer: SignAnswer): void => {
        queue.delete(message.request_id);
        stop();
        resolve(answer);
      };
      queue.set(message.request_id, { message, settle });
      stop = onAbort(signal, () => settle({ kind: "withdrawn" }));
    });

  const over = (requestId: string, answer: () => SignAnswer): void => {
    const waiting = queue.get(requestId);
    if (waiting === undefined) {
      throw new ApplianceError(
        "request_over",
        "This request no longer waits: it was answered, withdrawn, timed out or its pairing revoked.",
      );
    }
    waiting.settle(answer());
  };

  return {
    sign: async (message, signal) => {
      const refusal = pairs.refusal(message);
      if (refusal !== undefined) return refusal;
      // Nobody is asked for a caller who has gone already.
      if (signal.aborted) return { kind: "withdrawn" };
      const decision = await decideUnlessGone(decide, message, signal);
      if (signal.aborted) return { kind: "withdrawn" };
      if (decision === "reject") return { kind: "rejected", reason: defaultReason };
      if (decision === "approve") return signNow(message);
      return pairs.refusal(message) ?? wait(message, signal);
    },
    waiting: () =>
      [...queue.values()].map(({ message }) => ({
        ...message,
        approve: async () => over(message.request_id, () => signNow(message)),
        reject: async (reason = defaultReason) =>
          over(message.request_id, () => ({ kind: "rejected", reason })),
      })),
    revoked: (pairId) => {
      for (const { message, settle } of [...queue.values()]) {
        if (message.pair_id === pairId) settle({ kind: "revoked" });
      }
    },
  };
}

/** A function that never decides must not hold a request whose caller has gone. */
async function decideUnlessGone(decide: Decide, message: SignMessage, signal: AbortSignal): Promise<string> {
  try {
    return await raceAbort(decide({ kind: "sign", ...message }), signal);
  } catch (error) {
    if (signal.aborted) return "wait";
    throw error;
  }
}
