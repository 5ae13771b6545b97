/** Fresh random bytes. Everything random in the emulator comes through one of these, so that one seed can rule it all. */
export type RandomBytes = (length: number) => Uint8Array;

/** The runtime's own randomness. */
export const systemRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

/** A version 4 UUID (RFC 9562, section 5.4) made of the given randomness. */
export function uuid(randomBytes: RandomBytes): string {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
