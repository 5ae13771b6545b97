import { bytesToHex } from "../encoding/hex.js";

/**
 * A random UUID (RFC 9562 version 4). `crypto.randomUUID` draws randomness for many at a time, but is missing on pages served over
 * plain http in a local network.
 */
export function uuid(): string {
  return typeof crypto.randomUUID === "function" ? crypto.randomUUID() : uuidOfBytes();
}

function uuidOfBytes(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytesToHex(bytes).slice(2);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
