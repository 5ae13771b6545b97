import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../encoding/hex.js";
import type { Answer } from "./answer.js";
import type { Call, PostCall } from "./call.js";
import { parseJson, readBody, requireJson } from "./readBody.js";
import { Refusal } from "./refusal.js";
import { refuse } from "./respond.js";

/** What answers a POST once its body has been read. */
export type PostHandler = (call: PostCall) => Promise<Answer>;

/** A POST as it came in, and whom to tell its body. */
export type Posted = {
  readonly request: Request;
  /** Of the route. */
  readonly path: string;
  readonly read: ((body: Uint8Array) => void) | undefined;
};

/** Reads the body and answers, a repeated `Idempotency-Key` with the first answer. */
export async function post(call: Call, posted: Posted, handle: PostHandler): Promise<Answer> {
  const { request, path, read } = posted;
  const body = await readBody(request, call.signal);
  read?.(body);
  requireJson(request);
  const json = parseJson(body);
  const key = idempotencyKey(request);
  const run = (signal: AbortSignal): Promise<Answer> => attempt({ ...call, body: json, signal }, handle);
  if (key === undefined) return run(call.signal ?? new AbortController().signal);
  const { answer, repeated } = await call.octane.idempotency.once({
    spId: call.sp.id,
    key,
    fingerprint: `${path} ${toHex(sha256(body))}`,
    signal: call.signal,
    run,
  });
  if (!repeated) return answer;
  return { ...answer, headers: { ...answer.headers, "idempotency-replayed": "true" } };
}

/** A refusal is an answer too: a repeated key gets it again. */
async function attempt(call: PostCall, handle: PostHandler): Promise<Answer> {
  try {
    return await handle(call);
  } catch (error) {
    if (error instanceof Refusal) return refuse(error, call.requestId);
    throw error;
  }
}

function idempotencyKey(request: Request): string | undefined {
  const key = request.headers.get("idempotency-key") ?? undefined;
  if (key === undefined || (key !== "" && key.length <= 255)) return key;
  throw new Refusal("bad_request", "Idempotency-Key must be 1 to 255 characters: use a UUID.");
}
