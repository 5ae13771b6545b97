import { ConfigError } from "@sigil/astrotrain";

/**
 * What is signed can be asked for again by whoever has seen the request: the SP's envelope has neither time nor nonce.
 * So freshness has to be in what is signed. The functions here refuse what has none, before any request leaves.
 */
export type FreshnessOption = {
  /**
   * Refuses what could be used again later: a transaction or authorization without chain and nonce, typed data with
   * neither nonce nor time limit, a message that is no sign-in with nonce and expiration, and a bare hash.
   *
   * @defaultValue false
   */
  readonly requireFreshness?: boolean | undefined;
};

/** A transaction, or an EIP-7702 authorization: bound to one chain and one nonce. @throws ConfigError */
export function requireFreshNonce(
  what: "transaction" | "authorization",
  { chainId, nonce }: { readonly chainId?: unknown; readonly nonce?: unknown },
): void {
  if (chainId === undefined || chainId === null || BigInt(chainId as bigint) === 0n)
    throw stale(
      `${what}.chainId`,
      "is missing or zero, so it would hold on every chain. Give the chain's id.",
    );
  if (nonce === undefined || nonce === null)
    throw stale(
      `${what}.nonce`,
      "is missing. Give the account's next nonce, so that it can be used once only.",
    );
}

/** In lower case. Names that protocols give the time until which a signature holds. */
const timeLimits: ReadonlySet<string> = new Set(
  [
    ...["deadline", "sigDeadline", "validBefore", "validTo", "validUntil", "expiry", "expires", "expiresAt"],
    ...["expiration", "expirationTime", "expirationTimestamp", "endTime", "endTimestamp"],
  ].map((name) => name.toLowerCase()),
);

/**
 * Typed data, by the fields of its primary type alone: what is not among them is not signed, whatever the message holds.
 *
 * @throws ConfigError
 */
export function requireFreshTypedData(
  fields: readonly { readonly name: string }[],
  message: Readonly<Record<string, unknown>>,
): void {
  const isFresh = fields.some(({ name }) => {
    const value = message[name];
    if (value === undefined || value === null) return false;
    return (
      (name.toLowerCase() === "nonce" && isNonce(value)) ||
      (timeLimits.has(name.toLowerCase()) && isLater(value))
    );
  });
  if (isFresh) return;
  throw stale(
    "message",
    "has neither a nonce nor a time limit that is still to come (deadline, validBefore, validTo, expiry, …) at its top " +
      "level. Add one to its primary type.",
  );
}

/** A message: nothing but an EIP-4361 sign-in has a form in which freshness can be found. @throws ConfigError */
export function requireFreshMessage(text: string): void {
  if (!/^\S+ wants you to sign in with your Ethereum account:\n/.test(text))
    throw stale(
      "message",
      "is no sign-in (EIP-4361), so it could be used again. Sign typed data with a deadline.",
    );
  const nonce = lineOf(text, "Nonce");
  const limit = lineOf(text, "Expiration Time");
  if (nonce === undefined || nonce.length < 8)
    throw stale(
      "message",
      "has no line “Nonce: …” of eight letters or more. Add one that you use once only.",
    );
  if (limit === undefined || !isLater(limit))
    throw stale("message", "has no line “Expiration Time: …” with a time that is still to come. Add one.");
}

/** What a bare hash holds can't be known. @throws ConfigError always */
export function refuseHash(): never {
  throw stale(
    "hash",
    "is a bare hash, and what it holds can't be known. Sign the transaction or typed data itself.",
  );
}

const stale = (field: string, what: string): ConfigError =>
  new ConfigError(field, `${what} (requireFreshness is on; nothing was sent)`);

/** The value of a line that stands there once: of two, nobody knows which one the verifier reads. */
function lineOf(text: string, name: string): string | undefined {
  const found = text.split("\n").filter((line) => line.startsWith(`${name}: `));
  return found.length === 1 ? found[0]?.slice(name.length + 2) : undefined;
}

const isNonce = (value: unknown): boolean =>
  typeof value === "number" || typeof value === "bigint" || (typeof value === "string" && value !== "");

/**
 * Whoever writes a time further off means never, or wrote milliseconds where contracts read seconds, which comes to the same.
 */
const longestSeconds = 10 * 365 * 24 * 3_600;

/** Whether it is a time to come: seconds, as contracts read them, or a date as text. */
function isLater(value: unknown): boolean {
  const left = toNumber(value) - Date.now() / 1000;
  return left > 0 && left <= longestSeconds;
}

function toNumber(value: unknown): number {
  if (typeof value === "bigint" || typeof value === "number") return Number(value);
  if (typeof value !== "string") return Number.NaN;
  // Number reads decimal and hexadecimal digits; what it cannot read may be a date.
  return value.trim() === "" || !Number.isNaN(Number(value)) ? Number(value) : Date.parse(value) / 1000;
}
