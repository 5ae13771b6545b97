import type { Blockhash } from "@solana/kit";
import { Clock, type LiteSVM } from "litesvm";

type Block = { readonly slot: bigint; readonly hash: Blockhash };

// A transaction may name the hash of any of the last 150 blocks.
const lifetime = 150n;

/**
 * Blocks for litesvm, which has none: it takes its one latest blockhash and no other. So it is told not to check,
 * and this keeps the window of hashes that the caller has to check against.
 */
export class Blocks {
  readonly #vm: LiteSVM;
  readonly #onSeal: (slot: bigint) => void;
  #sealed: readonly Block[] = [];

  constructor(vm: LiteSVM, onSeal: (slot: bigint) => void) {
    this.#vm = vm;
    this.#onSeal = onSeal;
    vm.withBlockhashCheck(false);
    vm.setClock(clockAt(0n));
    this.seal();
  }

  /** The newest complete block: transactions that come now go into the one after it. */
  get slot(): bigint {
    return this.#newest.slot;
  }

  get open(): bigint {
    return this.slot + 1n;
  }

  get latestBlockhash(): Blockhash {
    return this.#newest.hash;
  }

  get lastValidBlockHeight(): bigint {
    return this.slot + lifetime;
  }

  isRecent(hash: string): boolean {
    return this.#sealed.some((block) => block.hash === hash);
  }

  /** Completes the open block, whatever is in it. */
  seal(): void {
    const { slot } = this.#vm.getClock();
    this.#vm.expireBlockhash();
    const block = { slot, hash: this.#vm.latestBlockhash() };
    this.#sealed = [block, ...this.#sealed].slice(0, Number(lifetime) + 1);
    // Address lookup tables are made from a slot in this list, and usable after the slot of their last change.
    this.#vm.setSlotHashes([...this.#sealed]);
    this.#vm.setClock(clockAt(slot + 1n));
    this.#onSeal(slot);
  }

  get #newest(): Block {
    return this.#sealed[0] as Block; // The constructor seals the first.
  }
}

function clockAt(slot: bigint): Clock {
  return new Clock(slot, 0n, 0n, 0n, BigInt(Math.floor(Date.now() / 1000)));
}
