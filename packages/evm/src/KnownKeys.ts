import type { secp256k1 } from "@noble/curves/secp256k1.js";

type Point = InstanceType<typeof secp256k1.Point>;

type Known = { readonly key: Point; uses: number };

/** Each may hold a table of about 190 KiB. */
const most = 64;
/** A table takes as long to make as it saves in about ten checks, so that it is for keys that go on signing. */
const usesBeforeTable = 8;
/** In bits: 6 and more take longer to make than they save in a hundred checks. */
const tableWindow = 5;

/**
 * The public keys of addresses, which are known for good once one has been recovered: an address is a hash of its key. To check by a
 * key takes less than half of the time that recovering it takes. Those used last are kept.
 */
export class KnownKeys {
  readonly #known = new Map<string, Known>();

  /** @param address in lower case. */
  find(address: string): Point | undefined {
    const known = this.#known.get(address);
    if (known === undefined) return undefined;
    known.uses += 1;
    if (known.uses === usesBeforeTable) known.key.precompute(tableWindow);
    this.#keep(address, known);
    return known.key;
  }

  /** @param key has been found to be that of `address`. */
  learn(address: string, key: Point): void {
    this.#keep(address, { key, uses: 0 });
    const [oldest] = this.#known.keys();
    if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest);
  }

  /** A map has its keys in the order in which they were set. */
  #keep(address: string, known: Known): void {
    this.#known.delete(address);
    this.#known.set(address, known);
  }
}
