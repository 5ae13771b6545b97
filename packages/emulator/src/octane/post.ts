import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../encoding/hex.js";
import { raceAbort } from "../internal/abort.js";
import { stayAlive } from "../internal/timer.js";
import type { Answer } from "./answer.js";
import { authenticate } from "./authenticate.js";
import type { Call, PostCall } from "./call.js";
import { parseJson, readBody, requireJson } from "./readBody.js";
import { Refusal } from "./refusal.js";
import { refuse } from "./respond.js";

/** What answers a POST once its body has been read. */
export type PostHandler = (call: PostCall) => Promise<Answer>;

/** A request as it came in, and whom to tell its body, piece by piece. */
export type Posted = {
  readonly request: Request;
  /** Of the route. */
  readonly path: string;
  readonly read: ((piece: Uint8Array) => void) | undefined;
};

/**
 * Reads the body and answers, a repeated `Idempotency-Key` with the first answer. A caller who leaves takes nothing back:
 * octane cannot tell one who lost interest from one whose connection was cut, and who will ask for the answer again.
 */
export async function post(call: Call, posted: Posted, handle: PostHandler): Promise<Answer> {
  const { request, path, read } = posted;
  const body = await readBody(request, call.signal, read);
  // Asked once more: the provider, or its key, may have been removed while the body came in.
  const { sp } = authenticate(request, call.octane.sps);
  requireJson(request);
  const json = parseJson(body);
  const key = idempotencyKey(request);
  const run = (): Promise<Answer> => attempt({ ...call, sp, body: json, signal: undefined }, handle);
  if (key === undefined) return awaited(run(), call.signal);
  const fingerprint = `${path} ${toHex(sha256(body))}`;
  const once = call.octane.idempotency.once({ spId: sp.id, key, fingerprint, run });
  const { answer, repeated } = await awaited(once, call.signal);
  if (!repeated) return answer;
  return { ...answer, headers: { ...answer.headers, "idempotency-replayed": "true" } };
}

/** Waits until there is an answer or the caller has gone; the process stays alive for as long, as for a socket. */
async function awaited<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const release = stayAlive();
  try {
    return await raceAbort(answer, signal);
  } finally {
    release();
  }
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
