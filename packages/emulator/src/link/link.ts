import type { ApplianceEnd, OctaneEnd } from "./messages.js";

/** The other end of the link is not there. */
export class LinkDown extends Error {
  override readonly name = "LinkDown";
}

/** A link within one process: what each side calls reaches the other side once that side is attached. */
export type Link = {
  readonly octane: OctaneEnd;
  readonly appliance: ApplianceEnd;
  attachOctane(end: OctaneEnd): void;
  attachAppliance(end: ApplianceEnd): void;
};

/** Makes a link of which no end is attached yet: calls reject with {@link LinkDown} until it is. */
export function createLink(): Link {
  let octane: OctaneEnd | undefined;
  let appliance: ApplianceEnd | undefined;
  return {
    octane: {
      announce: async (wallets) => up(octane).announce(wallets),
      session: async (sessionId) => up(octane).session(sessionId),
      complete: async (approval) => up(octane).complete(approval),
      reject: async (sessionId, reason) => up(octane).reject(sessionId, reason),
      revoke: async (pairId) => up(octane).revoke(pairId),
    },
    appliance: {
      validate: async (request) => up(appliance).validate(request),
      sign: async (message, signal) => up(appliance).sign(message, signal),
      revoked: async (pairId) => up(appliance).revoked(pairId),
    },
    attachOctane: (end) => {
      octane = end;
    },
    attachAppliance: (end) => {
      appliance = end;
    },
  };
}

function up<End>(end: End | undefined): End {
  if (end === undefined) throw new LinkDown("Nothing is attached to the other end of the link.");
  return end;
}
