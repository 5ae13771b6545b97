import type { Rows } from "../journal/rows.js";
import { addressKey, algoOf, type Chain } from "../link/chains.js";
import type { Binding, SignMessage, SpIdentity, ValidateAnswer, ValidateRequest } from "../link/messages.js";
import type { Identity } from "./identity.js";

/** A pairing as its appliance has it on record. */
export type AppliancePair = {
  readonly pair_id: string;
  readonly sp: SpIdentity;
  readonly sp_user_ref: string;
  readonly bindings: readonly Binding[];
  readonly state: "pending" | "active" | "revoked";
  /** How many wrong codes have come in a row. */
  readonly wrong_codes: number;
};

/** The record as it is kept. `code` is the one the owner gave, if any. */
export type PairRow = AppliancePair & { readonly appliance_id: string; readonly code?: string };

/** A pairing the owner has approved. */
type NewPair = Omit<PairRow, "appliance_id" | "state" | "wrong_codes">;

/** The appliance's own record of its pairings: it does not take octane's word for what may be signed. */
export type Pairs = {
  add(pair: NewPair): void;
  /** Takes back a pairing octane did not accept. */
  remove(pairId: string): void;
  has(pairId: string): boolean;
  all(): readonly AppliancePair[];
  revoke(pairId: string): void;
  validate(request: ValidateRequest): ValidateAnswer;
  /** What keeps the appliance from signing, or nothing. */
  refusal(message: SignMessage): { readonly kind: "revoked" | "out_of_scope" } | undefined;
  clear(): void;
};

/** What a record is made of. */
export type PairsDeps = {
  readonly applianceId: string;
  readonly identity: Identity;
  /** After this many wrong codes in a row a pending pairing ends. */
  readonly maxWrongCodes: () => number;
  readonly rows: Rows<PairRow>;
  /** Whether octane has heard of all that is revoked: only then the longest revoked is forgotten. */
  readonly octaneKnows: () => boolean;
  /** How many revoked ones are kept. Default 10,000. */
  readonly mostRevoked?: number;
};

/** Makes a record, filled with what was there. */
export function createPairs(deps: PairsDeps): Pairs {
  const { applianceId, identity, maxWrongCodes, rows, octaneKnows, mostRevoked = 10_000 } = deps;
  const pairs = new Map(rows.all().filter(([, { appliance_id }]) => appliance_id === applianceId));
  const revoked = new Set([...pairs.values()].filter(isRevoked).map(({ pair_id }) => pair_id));
  const remove = (pairId: string): void => {
    revoked.delete(pairId);
    if (pairs.delete(pairId)) rows.remove(pairId);
  };
  /** For one that is not on record nothing is signed either. */
  const forgetOldest = (): void => {
    for (const oldest of revoked) {
      if (revoked.size <= mostRevoked || !octaneKnows()) return;
      remove(oldest);
    }
  };
  const put = (pair: PairRow): void => {
    pairs.set(pair.pair_id, pair);
    rows.put(pair.pair_id, pair);
    if (!isRevoked(pair)) return;
    revoked.add(pair.pair_id);
    forgetOldest();
  };
  /** Once a right code has been given, wrong ones no longer count. */
  const wrong = (pair: PairRow): ValidateAnswer => {
    if (pair.state !== "pending") return { kind: "wrong", revoked: false };
    const wrong_codes = pair.wrong_codes + 1;
    const revoked = wrong_codes >= maxWrongCodes();
    put({ ...pair, wrong_codes, ...(revoked ? { state: "revoked" } : {}) });
    return { kind: "wrong", revoked };
  };
  return {
    add: (pair) => put({ ...pair, appliance_id: applianceId, state: "pending", wrong_codes: 0 }),
    remove,
    has: (pairId) => pairs.has(pairId),
    all: () => Array.from(pairs.values(), shown),
    revoke: (pairId) => {
      const pair = pairs.get(pairId);
      if (pair !== undefined && pair.state !== "revoked") put({ ...pair, state: "revoked" });
    },
    validate: ({ pair_id, code }) => {
      const pair = pairs.get(pair_id);
      if (pair === undefined || pair.state === "revoked") return { kind: "revoked" };
      if (pair.code !== code) return wrong(pair);
      if (pair.state === "pending") put({ ...pair, state: "active", wrong_codes: 0 });
      return { kind: "signed", signature: identity.sign(code), device_public_key: identity.publicKey };
    },
    refusal: (message) => {
      const pair = pairs.get(message.pair_id);
      if (pair === undefined || pair.state === "revoked") return { kind: "revoked" };
      return pair.state === "active" && reaches(pair.bindings, message)
        ? undefined
        : { kind: "out_of_scope" };
    },
    clear: () => [...pairs.keys()].forEach(remove),
  };
}

const isRevoked = ({ state }: PairRow): boolean => state === "revoked";

function shown({ code: _, appliance_id: __, ...pair }: PairRow): AppliancePair {
  return structuredClone(pair);
}

function reaches(bindings: readonly Binding[], message: SignMessage): boolean {
  const fits = (chain: Chain): boolean =>
    chain === (message.chain ?? chain) && algoOf(chain) === message.algo;
  return bindings.some(
    ({ access, chain, address }) =>
      access === "sign" && fits(chain) && addressKey(address) === addressKey(message.address),
  );
}
