const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Base58 with Bitcoin's alphabet, as Solana writes addresses. For a few bytes: its time grows with their square. */
export function bytesToBase58(bytes: Uint8Array): string {
  let number = 0n;
  for (const byte of bytes) number = number * 256n + BigInt(byte);
  let digits = "";
  for (; number > 0n; number /= 58n) digits = alphabet[Number(number % 58n)] + digits;
  const leadingZeros = bytes.findIndex((byte) => byte !== 0);
  return "1".repeat(leadingZeros < 0 ? bytes.length : leadingZeros) + digits;
}
