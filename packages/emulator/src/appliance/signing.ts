import type { EmulatorClock } from "../clock/clock.js";
import { fromBase64Url, toBase64Url } from "../encoding/base64url.js";
import { onAbort, raceAbort } from "../internal/abort.js";
import type { SignAnswer, SignMessage } from "../link/messages.js";
import { defaultReason } from "./approval.js";
import type { Deciding, Verdict } from "./deciding.js";
import { type Decoded, decode } from "./decoded/decode.js";
import { ApplianceError } from "./errors.js";
import type { KeyStore } from "./keyStore.js";
import type { Pairs } from "./pairs.js";

/** A signature request that waits for the appliance's owner. */
export type WaitingRequest = SignMessage & {
  /** What is to be signed, as far as it can be read. */
  readonly decoded: Decoded;
  /** Since when it waits, in milliseconds since 1970. */
  readonly waiting_since_ms: number;
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

/** What signing needs: keys, the record of pairings, who decides, and the time. */
export type SigningDeps = {
  readonly keys: KeyStore;
  readonly pairs: Pairs;
  readonly decide: Deciding;
  readonly clock: EmulatorClock;
};

type Waiting = {
  readonly message: SignMessage;
  readonly since: number;
  /** Takes it out of the queue at once: it is answered only once. */
  readonly settle: (answer: SignAnswer | Promise<SignAnswer>) => void;
};

/** Makes the signing part. */
export function createSigning({ keys, pairs, decide, clock }: SigningDeps): Signing {
  const queue = new Map<string, Waiting>();

  /** Looks at the pairing again at the last moment, and once more before the signature leaves. */
  const signNow = async (message: SignMessage): Promise<SignAnswer> => {
    const key = keys.find(message.address);
    const payload = fromBase64Url(message.payload);
    if (key === undefined || payload === undefined) return { kind: "out_of_scope" };
    const refusal = pairs.refusal(message);
    if (refusal !== undefined) return refusal;
    const signature = toBase64Url(await key.sign(payload));
    return pairs.refusal(message) ?? { kind: "signed", signature };
  };

  const answerOf = async (message: SignMessage, decision: Verdict): Promise<SignAnswer> => {
    if (decision === "approve") return signNow(message);
    const reason = typeof decision === "object" && "reject" in decision ? decision.reject : defaultReason;
    return { kind: "rejected", reason };
  };

  /** Until the owner decides on the appliance, or the delay of a rule is over. */
  const wait = (message: SignMessage, signal: AbortSignal, decision: Verdict): Promise<SignAnswer> =>
    new Promise((resolve) => {
      const stops: (() => void)[] = [];
      const settle: Waiting["settle"] = (answer) => {
        queue.delete(message.request_id);
        for (const stop of stops.splice(0)) stop();
        resolve(answer);
      };
      queue.set(message.request_id, { message, since: clock.now(), settle });
      stops.push(onAbort(signal, () => settle(Promise.reject(signal.reason))));
      if (typeof decision !== "object" || !("delayMs" in decision)) return;
      stops.push(clock.later(decision.delayMs, () => settle(answerOf(message, decision.then))));
    });

  const over = (requestId: string, answer: () => SignAnswer | Promise<SignAnswer>): void => {
    const waiting = queue.get(requestId);
    if (waiting === undefined) {
      throw new ApplianceError(
        "request_over",
        "This request no longer waits: it was answered, it timed out, or its pairing was revoked.",
      );
    }
    waiting.settle(answer());
  };

  return {
    sign: async (message, signal) => {
      const refusal = pairs.refusal(message);
      if (refusal !== undefined) return refusal;
      // A function that never decides must not hold a request whose time is up.
      const decision = await raceAbort(decide({ kind: "sign", ...message }), signal);
      signal.throwIfAborted();
      const waits = decision === "wait" || (typeof decision === "object" && "delayMs" in decision);
      if (!waits) return answerOf(message, decision);
      return pairs.refusal(message) ?? wait(message, signal, decision);
    },
    waiting: () =>
      Array.from(queue.values(), ({ message, since }) => ({
        ...message,
        decoded: decode(message),
        waiting_since_ms: since,
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
