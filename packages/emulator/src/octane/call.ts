import type { EmulatorClock } from "../clock/clock.js";
import type { Emit } from "../events/events.js";
import type { Journal } from "../journal/Journal.js";
import type { SpIdentity } from "../link/messages.js";
import type { RandomBytes } from "../random.js";
import type { OctaneKey } from "./envelope.js";
import type { StandingPolicy } from "./policy.js";
import { Refusal } from "./refusal.js";
import type { Appliances } from "./stores/appliances.js";
import type { Directory } from "./stores/directory.js";
import type { Idempotency } from "./stores/idempotency.js";
import type { Pairing, Pairings } from "./stores/pairings.js";
import type { Rates } from "./stores/rates.js";
import type { Sessions } from "./stores/sessions.js";
import type { Sp, Sps } from "./stores/sps.js";

/** All that one octane knows, and its way to the appliances. */
export type OctaneState = {
  readonly sps: Sps;
  readonly sessions: Sessions;
  readonly pairings: Pairings;
  readonly directory: Directory;
  readonly idempotency: Idempotency;
  readonly key: OctaneKey;
  readonly appliances: Appliances;
  readonly policy: StandingPolicy;
  readonly rates: Rates;
  readonly clock: EmulatorClock;
  readonly randomBytes: RandomBytes;
  readonly emit: Emit;
  readonly journal: Journal;
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

/** A call with a JSON body, not yet looked at. It is carried out whether its caller is still there or not. */
export type PostCall = Call & { readonly body: unknown; readonly signal: undefined };

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

/** The provider as an appliance shows it to its owner. */
export function identityOf({ id, name, public_key, logo, homepage }: Sp): SpIdentity {
  return {
    id,
    name,
    public_key,
    ...(logo === undefined ? {} : { logo }),
    ...(homepage === undefined ? {} : { homepage }),
  };
}

/** @throws Refusal `pair_revoked`. */
export function requireNotRevoked(pairing: Pairing): void {
  if (pairing.state === "revoked") throw pairRevoked();
}

/** The refusal of everything about a pairing that is no more. */
export function pairRevoked(): Refusal {
  return new Refusal("pair_revoked", "The pairing has been revoked: pair with the user again.");
}
