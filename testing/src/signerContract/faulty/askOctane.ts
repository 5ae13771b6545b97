import { envelopeOf } from "../ask.js";
import type { Ed25519Key } from "../ed25519.js";
import type { Access } from "../SignerContract.js";

/** What may be wrong with a remote signer. */
export type Fault =
  | "does not verify"
  | "does not verify octane"
  | "does not say what was wrong"
  | "takes any sp_signature"
  | "tries again"
  | "follows redirects"
  | "shares state"
  | "keeps the caller's bytes"
  | "copies a moment late"
  | "changes the caller's bytes"
  | "keeps the options"
  | "forgets the pair"
  | "uses one idempotency key"
  | "shows the key"
  | "shows the seed in a cause"
  | "logs"
  | "drops the code"
  | "ignores the signal"
  | "ignores the time-out"
  | "lets itself be changed"
  | "asks on after a refusal";

export type Answer = Readonly<Record<"device_signature" | "octane_signature" | "sp_signature", string>>;

const toBase64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

export function bodyOf(
  { address, pairId }: Access,
  key: Ed25519Key,
  payload: Uint8Array,
  fault: Fault | undefined,
): { readonly body: string; readonly spSignature: string } {
  const spSignature = toBase64Url(key.sign(envelopeOf({ payload, address })));
  const pair = fault === "forgets the pair" ? {} : { pair_id: pairId };
  const fields = { address, payload: toBase64Url(payload), algo: "ed25519", sp_signature: spSignature };
  return { body: JSON.stringify({ ...fields, ...pair }), spSignature };
}

/** One request. @throws Error with octane's `code`, where it gave one. */
export async function askOctane(
  access: Access,
  body: string,
  fault: Fault | undefined,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  try {
    return await post(access, body, fault, signal);
  } catch (error) {
    if (fault === "tries again" && !signal?.aborted) return post(access, body, fault, signal);
    if (fault === "logs") console.warn("sign failed", error);
    if (fault === "shows the key") throw new Error(`failed with ${access.apiKey}`, { cause: error });
    if (fault === "shows the seed in a cause") {
      throw new Error("sign failed", { cause: Object.assign(error as Error, { access }) });
    }
    if (fault === "drops the code") throw new Error("sign failed");
    throw error;
  }
}

async function post(
  { fetch, octaneUrl, apiKey, timeoutMs }: Access,
  body: string,
  fault: Fault | undefined,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const controller = new AbortController();
  if (fault !== "ignores the signal") {
    signal?.throwIfAborted();
    signal?.addEventListener("abort", () => controller.abort(signal.reason));
  }
  if (fault !== "ignores the time-out") {
    const late = new DOMException("no answer in time", "TimeoutError");
    setTimeout(() => controller.abort(late), timeoutMs).unref();
  }
  const response = await fetch(`${octaneUrl}/sp/sign`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${apiKey}`,
      "content-type": "application/json",
      "idempotency-key": fault === "uses one idempotency key" ? "one" : crypto.randomUUID(),
    },
    body,
    redirect: fault === "follows redirects" ? "follow" : "error",
    signal: controller.signal,
  });
  const answer = (await response.json()) as Answer & { readonly error?: { readonly code: string } };
  if (response.ok) return answer;
  throw Object.assign(new Error("refused"), { code: answer.error?.code });
}
