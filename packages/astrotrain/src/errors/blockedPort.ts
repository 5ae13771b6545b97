/**
 * Whether `fetch` refused the port, as the standard has it for some (WHATWG Fetch section 2.9), before it did anything: so say
 * Node's undici, and nobody else in these words. Asking again is no use.
 */
export function isBlockedPort(error: unknown): boolean {
  if (!(error instanceof TypeError) || error.message !== "fetch failed") return false;
  return error.cause instanceof Error && error.cause.message === "bad port";
}
