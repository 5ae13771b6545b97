/** @throws TypeError where the token is too short to be one, or could not stand in a header. */
export function requireToken(token: string): void {
  if (typeof token === "string" && /^[\w.~+/=-]{16,256}$/.test(token)) return;
  throw new TypeError(
    "token must be 16 to 256 letters, digits or signs of -._~+/=, and nobody else's to guess.",
  );
}
