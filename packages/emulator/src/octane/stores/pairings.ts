import { addressKey } from "../../link/chains.js";
import type { Binding } from "../../link/messages.js";
import { createWatchers } from "./watchers.js";

/** A pairing as octane keeps it. `pending` until the first right validation code. */
export type Pairing = {
  readonly pair_id: string;
  readonly sp_id: string;
  readonly sp_user_ref: string;
  readonly bindings: readonly Binding[];
  readonly state: "pending" | "active" | "revoked";
  readonly revoked_at_ms?: number;
};

/** The pairings of one octane. */
export type Pairings = {
  add(pairing: Pairing): void;
  /** The pairing, whoever's it is. */
  get(pairId: string): Pairing | undefined;
  /** The pairing, where it is this provider's: another's is not found, as if there were none. */
  find(spId: string, pairId: string): Pairing | undefined;
  ofSp(spId: string): readonly Pairing[];
  /** The provider's pairings that reach the address, whatever they may do with it. */
  holding(spId: string, address: string): readonly Pairing[];
  activate(pairId: string): void;
  /** Whether it was this call that revoked it; `revoked_at_ms` stays what it was the first time. */
  revoke(pairId: string, atMs: number): boolean;
  watch(pairId: string, wake: () => void): () => void;
};

/** Makes an empty store. */
export function createPairings(): Pairings {
  const pairings = new Map<string, Pairing>();
  const idsBySp = new Map<string, string[]>();
  // Signing looks an address up each time, so it is not searched for among all pairings.
  const idsByAddress = new Map<string, string[]>();
  const watchers = createWatchers();
  const rows = (ids: readonly string[] = []): Pairing[] =>
    ids.map((id) => pairings.get(id)).filter((row) => row !== undefined);

  return {
    add: (pairing) => {
      pairings.set(pairing.pair_id, pairing);
      push(idsBySp, pairing.sp_id, pairing.pair_id);
      const keys = new Set(pairing.bindings.map(({ address }) => lookup(pairing.sp_id, address)));
      for (const key of keys) push(idsByAddress, key, pairing.pair_id);
    },
    get: (pairId) => pairings.get(pairId),
    find: (spId, pairId) => {
      const pairing = pairings.get(pairId);
      return pairing?.sp_id === spId ? pairing : undefined;
    },
    ofSp: (spId) => rows(idsBySp.get(spId)),
    holding: (spId, address) => rows(idsByAddress.get(lookup(spId, address))),
    activate: (pairId) => {
      const pairing = pairings.get(pairId);
      if (pairing?.state === "pending") pairings.set(pairId, { ...pairing, state: "active" });
    },
    revoke: (pairId, atMs) => {
      const pairing = pairings.get(pairId);
      if (pairing === undefined || pairing.state === "revoked") return false;
      pairings.set(pairId, { ...pairing, state: "revoked", revoked_at_ms: atMs });
      watchers.notify(pairId);
      return true;
    },
    watch: watchers.watch,
  };
}

function lookup(spId: string, address: string): string {
  return `${spId} ${addressKey(address)}`;
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
