import type { Journal } from "../../journal/Journal.js";
import { noJournal } from "../../journal/noJournal.js";
import { openRows } from "../../journal/rows.js";
import { addressKey } from "../../link/chains.js";
import type { Binding } from "../../link/messages.js";
import { createWatchers } from "./watchers.js";

/** A pairing as octane keeps it. `pending` until the first right validation code. */
export type Pairing = {
  readonly pair_id: string;
  readonly sp_id: string;
  readonly appliance_id: string;
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
  ofAppliance(applianceId: string): readonly Pairing[];
  /** The provider's pairings that reach the address, whatever they may do with it. */
  holding(spId: string, address: string): readonly Pairing[];
  /** Whether it was this call that activated it. */
  activate(pairId: string): boolean;
  /** Whether it was this call that revoked it; `revoked_at_ms` stays what it was the first time. */
  revoke(pairId: string, atMs: number): boolean;
  watch(pairId: string, wake: () => void): () => void;
  /** Forgets all of them. Revoke them first: whoever watches one would wait for ever. */
  clear(): void;
};

/**
 * Makes a store, filled with what was there. It keeps the last `mostRevoked` revoked pairings, so that an emulator that
 * pairs and revokes all night does not grow. One that is forgotten is unknown: it never becomes active again.
 */
export function createPairings(journal: Journal = noJournal, mostRevoked = 10_000): Pairings {
  const kept = openRows<Pairing>(journal, "pairings", ["bindings"]);
  const pairings = new Map<string, Pairing>();
  const idsBySp = new Map<string, string[]>();
  // Signing looks an address up each time, so it is not searched for among all pairings.
  const idsByAddress = new Map<string, string[]>();
  /** In the order in which they were revoked. */
  const revoked = new Set<string>();
  const watchers = createWatchers();
  const rows = (ids: readonly string[] = []): Pairing[] =>
    ids.map((id) => pairings.get(id)).filter((row) => row !== undefined);

  const index = (pairing: Pairing): void => {
    pairings.set(pairing.pair_id, pairing);
    push(idsBySp, pairing.sp_id, pairing.pair_id);
    const keys = new Set(pairing.bindings.map(({ address }) => lookup(pairing.sp_id, address)));
    for (const key of keys) push(idsByAddress, key, pairing.pair_id);
  };
  const change = (pairing: Pairing): void => {
    pairings.set(pairing.pair_id, pairing);
    kept.put(pairing.pair_id, pairing);
  };
  const forget = ({ pair_id, sp_id, bindings }: Pairing): void => {
    pairings.delete(pair_id);
    revoked.delete(pair_id);
    pull(idsBySp, sp_id, pair_id);
    for (const { address } of bindings) pull(idsByAddress, lookup(sp_id, address), pair_id);
    kept.remove(pair_id);
  };
  const remember = (pairId: string): void => {
    const [oldest = ""] = revoked.add(pairId);
    const pairing = revoked.size > mostRevoked ? pairings.get(oldest) : undefined;
    if (pairing !== undefined) forget(pairing);
  };

  for (const [, pairing] of kept.all()) index(pairing);
  const ended = [...pairings.values()].filter(({ state }) => state === "revoked");
  ended.sort((a, b) => (a.revoked_at_ms ?? 0) - (b.revoked_at_ms ?? 0));
  for (const { pair_id } of ended) remember(pair_id);

  return {
    add: (pairing) => {
      index(pairing);
      kept.put(pairing.pair_id, pairing);
    },
    get: (pairId) => pairings.get(pairId),
    find: (spId, pairId) => {
      const pairing = pairings.get(pairId);
      return pairing?.sp_id === spId ? pairing : undefined;
    },
    ofSp: (spId) => rows(idsBySp.get(spId)),
    ofAppliance: (applianceId) =>
      [...pairings.values()].filter(({ appliance_id }) => appliance_id === applianceId),
    holding: (spId, address) => rows(idsByAddress.get(lookup(spId, address))),
    activate: (pairId) => {
      const pairing = pairings.get(pairId);
      if (pairing?.state !== "pending") return false;
      change({ ...pairing, state: "active" });
      return true;
    },
    revoke: (pairId, atMs) => {
      const pairing = pairings.get(pairId);
      if (pairing === undefined || pairing.state === "revoked") return false;
      change({ ...pairing, state: "revoked", revoked_at_ms: atMs });
      watchers.notify(pairId);
      remember(pairId);
      return true;
    },
    watch: watchers.watch,
    clear: () => {
      for (const id of pairings.keys()) kept.remove(id);
      for (const each of [pairings, idsBySp, idsByAddress, revoked]) each.clear();
    },
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

function pull(lists: Map<string, string[]>, key: string, value: string): void {
  const left = (lists.get(key) ?? []).filter((each) => each !== value);
  if (left.length === 0) lists.delete(key);
  else lists.set(key, left);
}
