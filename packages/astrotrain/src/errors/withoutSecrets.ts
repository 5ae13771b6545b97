import { redact, reveals } from "./redact.js";
import type { Secret } from "./Secret.js";

/** Errors are a few deep; what an agent hangs on them (sockets, parsers) is wider than it is worth looking at. */
const deepest = 6;
const mostLookedAt = 500;

/**
 * The cause of a failure as it may be shown: the very same object, unless it holds one of the `secrets` somewhere, as Node's parser does
 * that keeps the bytes it could not read, and a server that repeats the request sends back. Then a copy that has the names,
 * messages and codes alone.
 */
export function withoutSecrets(cause: unknown, secrets: readonly Secret[]): unknown {
  return holds(cause, secrets) ? copyOf(cause, secrets, 0) : cause;
}

/** What can't be looked through to its end may hold anything. */
function holds(value: unknown, secrets: readonly Secret[]): boolean {
  const seen = new Set<unknown>();
  const look = (each: unknown, depth: number): boolean => {
    if (typeof each === "string") return reveals(each, secrets);
    if (typeof each !== "object" || each === null || seen.has(each)) return false;
    if (depth > deepest || seen.size > mostLookedAt) return true;
    seen.add(each);
    // What was asked has the key among its headers, out of sight in some runtimes.
    if (each instanceof Request) return true;
    if (each instanceof Response) return look(each.headers, depth + 1);
    if (ArrayBuffer.isView(each)) return reveals(textOf(each), secrets);
    const entries = isKeyed(each) ? [...each] : [];
    const fields = Reflect.ownKeys(each).map((key) => Reflect.get(each, key) as unknown);
    return [...fields, ...entries].some((part) => look(part, depth + 1));
  };
  try {
    return look(value, 0);
  } catch {
    // A getter or proxy that throws.
    return true;
  }
}

/** Their entries are no fields. */
const isKeyed = (value: object): value is Iterable<unknown> =>
  value instanceof Map || value instanceof Set || value instanceof Headers;

const textOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string =>
  new TextDecoder("latin1").decode(new Uint8Array(buffer, byteOffset, byteLength));

function copyOf(cause: unknown, secrets: readonly Secret[], depth: number): unknown {
  const clean = (text: unknown): string => redact(String(text), secrets);
  if (!(cause instanceof Error))
    return clean(typeof cause === "string" ? cause : "a value that held a secret");
  const copy = new Error(clean(cause.message));
  copy.name = clean(cause.name);
  // Its own would begin with the message as it was.
  delete (copy as { stack?: unknown }).stack;
  const { code } = cause as { code?: unknown };
  if (typeof code === "string") Object.assign(copy, { code: clean(code) });
  if (cause.cause !== undefined && depth < deepest) copy.cause = copyOf(cause.cause, secrets, depth + 1);
  return copy;
}
