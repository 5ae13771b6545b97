import { LinkDown } from "../link/link.js";
import type { OctaneState } from "./call.js";

/** Ends a pairing, whichever side asks, and tells the appliance. Says whether it was this call that ended it. */
export async function revoke(octane: OctaneState, pairId: string): Promise<boolean> {
  const first = octane.pairings.revoke(pairId, octane.now());
  if (first) await octane.appliance.revoked(pairId).catch(ignoreLinkDown);
  return first;
}

/** An appliance that cannot be reached does not keep a pairing alive: octane refuses for it from now on. */
function ignoreLinkDown(error: unknown): void {
  if (!(error instanceof LinkDown)) throw error;
}
