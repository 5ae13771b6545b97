import type { ApplianceEnd } from "../link/messages.js";
import type { RandomBytes } from "../random.js";
import type { OctaneKey } from "./envelope.js";
import { Refusal } from "./refusal.js";
import type { Directory } from "./stores/directory.js";
import type { Idempotency } from "./stores/idempotency.js";
import type { Pairing, Pairings } from "./stores/pairings.js";
import type { Sessions } from "./stores/sessions.js";
import type { Sp, Sps } from "./stores/sps.js";

/** All that one octane knows, and its way to the appliance. */
export type OctaneState = {
  readonly sps: Sps;
  readonly sessions: Sessions;
  readonly pairings: Pairings;
  readonly directory: Directory;
  readonly idempotency: Idempotency;
  readonly key: OctaneKey;
  readonly appliance: ApplianceEnd;
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
  readonly userTimeoutMs: number;
};

/** One request of a known service provider. */
export type Call = {
  readonly octane: OctaneState;
  readonly sp: Sp;
  readonly requestId: string;
  /** The decoded path parameters. */
  readonly params: Readonly<Record<string, string>>;
  /** Aborts when the caller has gone away. */
  readonly signal: AbortSignal | undefined;
};

/** A call with a JSON body, not yet looked at. */
export type PostCall = Call & { readonly body: unknown; readonly signal: AbortSignal };

/**
 * The pairing of that id.
 *
 * @throws Refusal `not_found`, for another provider's pairing too, in the same words.
 */
export function pairingOf(call: Call, pairId: string | undefined): Pairing {
  const pairing = call.octane.pairings.find(call.sp.id, pairId ?? "");
  if (pairing !== undefined) return pairing;
  throw new Refusal("not_found", "This service provider has no such pairing: check pair_id.");
}

/** @throws Refusal `pair_revoked`. */
export function requireNotRevoked(pairing: Pairing): void {
  if (pairing.state === "revoked") throw pairRevoked();
}

/** The refusal of everything about a pairing that is no more. */
export function pairRevoked(): Refusal {
  return new Refusal("pair_revoked", "The pairing has been revoked: pair with the user again.");
}
