import { ConfigError } from "@sigil/astrotrain";
import { lifetimeOf } from "./isTransactionMessage.js";

/**
 * What is signed can be asked for again by whoever has seen the request: the SP's envelope has neither time nor nonce.
 * So freshness has to be in what is signed. The functions here refuse what has none, before any request leaves.
 */
export type FreshnessOption = {
  /**
   * Refuses what could be used again later: a transaction without a blockhash or durable nonce, and a message that has
   * not both a line `Nonce:` and a line `Expiration Time:` with a time to come, as a sign-in (SIWS) has.
   *
   * @defaultValue false
   */
  readonly requireFreshness?: boolean | undefined;
};

/** A transaction's message: its lifetime is a blockhash or a durable nonce, both used up. @throws ConfigError */
export function requireFreshTransaction(field: string, bytes: Uint8Array): void {
  if (lifetimeOf(bytes)?.some((byte) => byte !== 0)) return;
  throw stale(field, "has no blockhash. Set a recent one, or a durable nonce.");
}

/** A message, alone or within an off-chain message. @throws ConfigError */
export function requireFreshMessage(field: string, bytes: Uint8Array): void {
  const text = new TextDecoder().decode(bytes);
  if (lineOf(text, "Nonce") === undefined)
    throw stale(field, "has no line “Nonce: …”. Add one that you use once only, as a sign-in (SIWS) has it.");
  if (!isLater(lineOf(text, "Expiration Time") ?? ""))
    throw stale(field, "has no line “Expiration Time: …” with a time that is still to come. Add one.");
}

/** Whoever writes a time further off means never. */
const longestMs = 10 * 365 * 24 * 3_600_000;

/** A time to come, in the form that sign-ins have (RFC 3339); Date.parse alone takes nearly any text. */
function isLater(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/.test(text)) return false;
  const left = Date.parse(text) - Date.now();
  return left > 0 && left <= longestMs;
}

const stale = (field: string, what: string): ConfigError =>
  new ConfigError(field, `${what} (requireFreshness is on; nothing was sent)`);

/** The value of a line that stands there once: of two, nobody knows which one the verifier reads. */
function lineOf(text: string, name: string): string | undefined {
  const found = text.split("\n").filter((line) => line.startsWith(`${name}: `));
  return found.length === 1 ? found[0]?.slice(name.length + 2).trim() || undefined : undefined;
}
