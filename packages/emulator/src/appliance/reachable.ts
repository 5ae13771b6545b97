import { LinkDown } from "../link/link.js";
import type { OctaneEnd } from "../link/messages.js";
import { ApplianceError } from "./errors.js";

/** Octane, as an owner who does something sees it: an appliance without a connection says so. */
export function reachable(octane: OctaneEnd): OctaneEnd {
  return {
    announce: (wallets) => orOffline(octane.announce(wallets)),
    session: (sessionId) => orOffline(octane.session(sessionId)),
    complete: (approval) => orOffline(octane.complete(approval)),
    reject: (sessionId, reason) => orOffline(octane.reject(sessionId, reason)),
    revoke: (pairId) => orOffline(octane.revoke(pairId)),
  };
}

async function orOffline<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof LinkDown)) throw error;
    throw new ApplianceError("appliance_offline", "The appliance is offline: bring it online first.");
  }
}
