/** Bytes of the call with this number, and of no other; they begin as no Solana transaction does. */
export const bytesOf = (n: number, length = 40): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i === 0 ? 0xff : (n * 31 + i * 7) & 0xff));

/** A 20-byte address of the call with this number. */
export const addressOf = (n: number): `0x${string}` => `0x${(0x1000 + n).toString(16).padStart(40, "0")}`;
