import { addressKey, algoOf, type Chain } from "../link/chains.js";
import type { Binding, SignMessage, ValidateAnswer, ValidateRequest } from "../link/messages.js";
import type { Identity } from "./identity.js";

/** After this many wrong codes in a row the pairing ends (protocol page, section Pairing). */
const maxWrongCodes = 3;

type Pair = {
  readonly bindings: readonly Binding[];
  /** The code the owner gave, if any. */
  readonly code: string | undefined;
  wrongCodes: number;
  state: "pending" | "active" | "revoked";
};

/** The appliance's own record of its pairings: it does not take octane's word for what may be signed. */
export type Pairs = {
  add(pairId: string, bindings: readonly Binding[], code: string | undefined): void;
  /** Takes back a pairing octane did not accept. */
  remove(pairId: string): void;
  has(pairId: string): boolean;
  revoke(pairId: string): void;
  validate(request: ValidateRequest): ValidateAnswer;
  /** What keeps the appliance from signing, or nothing. */
  refusal(message: SignMessage): { readonly kind: "revoked" | "out_of_scope" } | undefined;
};

/** Makes an empty record. */
export function createPairs(identity: Identity): Pairs {
  const pairs = new Map<string, Pair>();
  return {
    add: (pairId, bindings, code) => {
      pairs.set(pairId, { bindings, code, wrongCodes: 0, state: "pending" });
    },
    remove: (pairId) => void pairs.delete(pairId),
    has: (pairId) => pairs.has(pairId),
    revoke: (pairId) => {
      const pair = pairs.get(pairId);
      if (pair !== undefined) pair.state = "revoked";
    },
    validate: ({ pair_id, code }) => {
      const pair = pairs.get(pair_id);
      if (pair === undefined || pair.state === "revoked") return { kind: "revoked" };
      if (pair.code !== code) return wrong(pair);
      pair.state = "active";
      return { kind: "signed", signature: identity.sign(code), device_public_key: identity.publicKey };
    },
    refusal: (message) => {
      const pair = pairs.get(message.pair_id);
      if (pair === undefined || pair.state === "revoked") return { kind: "revoked" };
      return pair.state === "active" && reaches(pair.bindings, message)
        ? undefined
        : { kind: "out_of_scope" };
    },
  };
}

/** Once a right code has been given, wrong ones no longer count. */
function wrong(pair: Pair): ValidateAnswer {
  if (pair.state === "pending") pair.wrongCodes += 1;
  if (pair.wrongCodes >= maxWrongCodes) pair.state = "revoked";
  return { kind: "wrong", revoked: pair.state === "revoked" };
}

function reaches(bindings: readonly Binding[], message: SignMessage): boolean {
  const fits = (chain: Chain): boolean =>
    chain === (message.chain ?? chain) && algoOf(chain) === message.algo;
  return bindings.some(
    ({ access, chain, address }) =>
      access === "sign" && fits(chain) && addressKey(address) === addressKey(message.address),
  );
}
