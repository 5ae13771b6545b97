import { LinkDown } from "../link/link.js";
import type { OctaneState } from "./call.js";
import type { Pairing } from "./stores/pairings.js";

/** Ends a pairing, whichever side asks, and tells the appliance. Says whether it was this call that ended it. */
export async function revoke(octane: OctaneState, pairId: string): Promise<boolean> {
  const pairing = octane.pairings.get(pairId);
  const first = octane.pairings.revoke(pairId, octane.clock.now());
  if (pairing === undefined || !first) return false;
  octane.emit("pair_revoked", { pair_id: pairId, sp_id: pairing.sp_id, appliance_id: pairing.appliance_id });
  await tell(octane, pairing);
  return true;
}

/** Tells the appliance which of its pairings are over, in case it was not there when that was decided. */
export async function tellRevoked(octane: OctaneState, applianceId: string): Promise<void> {
  const revoked = octane.pairings.ofAppliance(applianceId).filter(({ state }) => state === "revoked");
  for (const pairing of revoked) await tell(octane, pairing);
}

async function tell(octane: OctaneState, { appliance_id, pair_id }: Pairing): Promise<void> {
  try {
    await octane.appliances.get(appliance_id).revoked(pair_id);
  } catch (error) {
    ignoreLinkDown(error);
  }
}

/**
 * An appliance that cannot be reached does not keep a pairing alive: octane refuses for it from now on, and tells it once
 * it is back.
 */
function ignoreLinkDown(error: unknown): void {
  if (!(error instanceof LinkDown)) throw error;
}
