import { EventEmitter } from "node:events";
import type { Signature } from "@solana/kit";
import { LiteSVM } from "litesvm";
import { Blocks } from "./blocks.js";
import type { Landed } from "./landed.js";

/** What all methods work on: the VM, and what a validator has around it. */
export type Chain = {
  readonly vm: LiteSVM;
  readonly blocks: Blocks;
  readonly landed: Map<Signature, Landed>;
  readonly events: EventEmitter<ChainEvents>;
  readonly genesisHash: string;
};

type ChainEvents = { slot: [bigint]; landed: [Landed] };

export function createChain(): Chain {
  const vm = new LiteSVM();
  const events = new EventEmitter<ChainEvents>().setMaxListeners(0);
  const blocks = new Blocks(vm, (slot) => events.emit("slot", slot));
  return { vm, blocks, landed: new Map(), events, genesisHash: blocks.latestBlockhash };
}

/** Completes the open block with this transaction in it, and tells subscribers. */
export function land(chain: Chain, landed: Landed): void {
  chain.landed.set(landed.signature, landed);
  chain.blocks.seal();
  chain.events.emit("landed", landed);
}

/** Most answers say of which slot they are. */
export function withContext<T>(chain: Chain, value: T): { readonly context: object; readonly value: T } {
  return { context: { apiVersion: "2.0.0", slot: chain.blocks.slot }, value };
}
