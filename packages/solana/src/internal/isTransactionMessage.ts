/** What a transaction may weigh, with 64 bytes for each signature: version 1 (SIMD-0385), and those before it. */
const longest = { v1: 4096, earlier: 1232 } as const;

/**
 * Whether a chain could read these bytes as a transaction's message: legacy, version 0, or version 1.
 *
 * By its own reading and not by a host library's, whose older releases don't know the newer versions. Bytes after the
 * message are no excuse. Text is never taken for one: read as a number of signatures, its first letter makes it too
 * long; a short run of control characters is the exception.
 */
export function isTransactionMessage(bytes: Uint8Array): boolean {
  const version = bytes[0] ?? 0;
  if (version === 0x81) return isVersion1(bytes);
  if (version > 0x80) return false;
  const start = version === 0x80 ? 1 : 0;
  const [signers = 0, readonlySigners = 0] = bytes.subarray(start, start + 2);
  if (signers === 0 || readonlySigners >= signers || signers * 64 + bytes.length > longest.earlier)
    return false;
  const reader = new Reader(bytes, start + 3);
  const accounts = reader.length();
  reader.skip(accounts * 32 + 32);
  for (let left = reader.length(); left > 0 && !reader.failed; left--) {
    reader.skip(1);
    reader.skip(reader.length());
    reader.skip(reader.length());
  }
  // Lookup tables follow in version 0; bytes that are cut short there are close enough to be refused.
  return !reader.failed && accounts >= signers;
}

/**
 * The 32 bytes of a transaction's message that say how long it holds: a blockhash, or a durable nonce. `undefined` where
 * the message is cut short.
 */
export function lifetimeOf(bytes: Uint8Array): Uint8Array | undefined {
  const at = lifetimeStart(bytes);
  return bytes.length < at + 32 ? undefined : bytes.subarray(at, at + 32);
}

/** In version 1 after eight bytes, in the earlier ones after the addresses. */
function lifetimeStart(bytes: Uint8Array): number {
  if (bytes[0] === 0x81) return 8;
  const reader = new Reader(bytes, bytes[0] === 0x80 ? 4 : 3);
  reader.skip(reader.length() * 32);
  return reader.at;
}

/** Version, header, configuration mask, lifetime, number of instructions, number of addresses, addresses, … */
function isVersion1(bytes: Uint8Array): boolean {
  const [, signers = 0] = bytes;
  const accounts = bytes[41] ?? 0;
  const fits = 42 + accounts * 32 <= bytes.length && signers * 64 + bytes.length <= longest.v1;
  return signers > 0 && accounts >= signers && fits;
}

/** Reads on until something doesn't fit, and remembers that. */
class Reader {
  failed = false;
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  skip(count: number): void {
    this.#at += count;
    if (this.#at > this.#bytes.length) this.failed = true;
  }

  /** A compact-u16: seven bits a byte, the lowest first. */
  length(): number {
    let value = 0;
    for (let shift = 0; shift < 21; shift += 7) {
      const byte = this.#bytes[this.#at] ?? 0;
      this.skip(1);
      value |= (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return value;
    }
    this.failed = true;
    return value;
  }
}
