/** The largest multiple of 1,000,000 that 32 bits hold: above it, the remainder would favour low codes. */
const unbiased = Math.floor(2 ** 32 / 1_000_000) * 1_000_000;

/**
 * Six random decimal digits, each of the million codes equally likely, from WebCrypto.
 *
 * Mint one for each session, keep it on your backend, show it to the user, and hand it to {@link validateSpKey};
 * it never goes to octane before that.
 *
 * @example
 * ```ts
 * const code = mintValidationCode(); // "042917"
 * ```
 */
export function mintValidationCode(): string {
  const random = new Uint32Array(1);
  let value: number;
  do {
    value = crypto.getRandomValues(random)[0] ?? unbiased;
  } while (value >= unbiased);
  return String(value % 1_000_000).padStart(6, "0");
}
