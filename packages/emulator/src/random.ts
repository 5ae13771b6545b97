import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { toHex } from "./encoding/hex.js";
import { toUtf8 } from "./encoding/utf8.js";

/** Fresh random bytes. Everything random in the emulator comes through one of these, so that one seed can rule it all. */
export type RandomBytes = (length: number) => Uint8Array;

const pool = new Uint8Array(4096);
let used = pool.length;

/** The runtime's own randomness, fetched a page at a time: each fetch is a call into the system. No byte is given twice. */
export const systemRandom: RandomBytes = (length) => {
  if (length > pool.length) return crypto.getRandomValues(new Uint8Array(length));
  if (used + length > pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const bytes = pool.slice(used, used + length);
  // What was given out, a key perhaps, does not stay here.
  pool.fill(0, used, used + length);
  used += length;
  return bytes;
};

/** Randomness that can be gone back on: `mark` says where it stands, `rewind` goes there. */
export type SeededRandom = { readonly randomBytes: RandomBytes; mark(): void; rewind(): void };

/** The same bytes for the same seed: SHA-256 over the seed and a counter, 32 bytes a step, each request from a new step. */
export function seededRandom(seed: string): SeededRandom {
  const key = sha256(toUtf8(seed));
  let step = 0;
  let marked = 0;
  const block = (): Uint8Array => {
    const counter = new Uint8Array(8);
    new DataView(counter.buffer).setBigUint64(0, BigInt(step));
    step += 1;
    return sha256(concatBytes(key, counter));
  };
  return {
    randomBytes: (length) => {
      const blocks = Array.from({ length: Math.ceil(length / 32) }, block);
      return concatBytes(...blocks).slice(0, length);
    },
    mark: () => {
      marked = step;
    },
    rewind: () => {
      step = marked;
    },
  };
}

/** A version 4 UUID (RFC 9562, section 5.4) made of the given randomness. */
export function uuid(randomBytes: RandomBytes): string {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = toHex(bytes);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return parts.join("-");
}
