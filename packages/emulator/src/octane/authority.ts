import { addressKey, algoOf, type Chain } from "../link/chains.js";
import { type PostCall, pairingOf, requireNotRevoked } from "./call.js";
import { Refusal } from "./refusal.js";
import type { SignRequest } from "./signRequest.js";
import type { Pairing } from "./stores/pairings.js";

/**
 * The pairing a sign request is for.
 *
 * @throws Refusal `not_found` for an unknown pairing or address; `pair_id_required` where two could be meant.
 */
export function choosePairing(call: PostCall, request: SignRequest): Pairing {
  const { pair_id, address } = request;
  const { directory, pairings } = call.octane;
  if (pair_id !== undefined) {
    const pairing = pairingOf(call, pair_id);
    if (!directory.has(pairing.appliance_id, address)) throw unknownAddress();
    return pairing;
  }
  const holding = pairings.holding(call.sp.id, address);
  if (holding.filter(({ state }) => state === "active").length > 1) {
    throw new Refusal(
      "pair_id_required",
      "Two active pairings reach this address: say which one with pair_id.",
    );
  }
  // An address of an appliance this provider is paired with, though not for it: out of scope rather than unknown.
  const near = (): readonly Pairing[] =>
    pairings.ofSp(call.sp.id).filter(({ appliance_id }) => directory.has(appliance_id, address));
  const candidates = holding.length > 0 ? holding : near();
  const pairing = mostAlive(candidates);
  if (pairing === undefined) throw unknownAddress();
  return pairing;
}

function unknownAddress(): Refusal {
  return new Refusal("not_found", "No pairing of this service provider knows the address: check address.");
}

/** An active pairing before a pending one, that before a revoked one; of two alike the newer. */
function mostAlive(pairings: readonly Pairing[]): Pairing | undefined {
  const newestFirst = pairings.toReversed();
  return (
    newestFirst.find(({ state }) => state === "active") ??
    newestFirst.find(({ state }) => state === "pending") ??
    newestFirst[0]
  );
}

/**
 * Refuses what the pairing may not sign.
 *
 * @throws Refusal `pair_revoked`, `pair_pending` or `scope_denied`, in this order.
 */
export function requireAuthority(pairing: Pairing, request: SignRequest): void {
  requireNotRevoked(pairing);
  if (pairing.state === "pending") {
    throw new Refusal("pair_pending", "The pairing waits for its validation code: call validateSpKey first.");
  }
  if (maySign(pairing, request)) return;
  const where = request.chain === undefined ? "" : ` on ${request.chain}`;
  throw new Refusal(
    "scope_denied",
    `This pairing may not sign for the address${where}: pair again with that scope.`,
  );
}

function maySign(pairing: Pairing, request: SignRequest): boolean {
  return signingChains(pairing, request).length > 0;
}

/** The chains on which the pairing may sign what is asked: one address serves seven of them. */
export function signingChains(pairing: Pairing, request: SignRequest): readonly Chain[] {
  const key = addressKey(request.address);
  const isChain = (chain: Chain): boolean =>
    request.chain === undefined ? algoOf(chain) === request.algo : chain === request.chain;
  return pairing.bindings
    .filter(
      ({ chain, address, access }) => access === "sign" && isChain(chain) && addressKey(address) === key,
    )
    .map(({ chain }) => chain);
}
