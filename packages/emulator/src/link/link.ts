import type { ApplianceEnd, OctaneEnd } from "./messages.js";

/** The other end of the link is not there. */
export class LinkDown extends Error {
  override readonly name = "LinkDown";
}

/**
 * A link within one process: what each side calls reaches the other side once that side is attached. Messages are
 * copied, as a wire would, so that neither side nor a test can change what the other has on record.
 */
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
  const copy = structuredClone;
  return {
    octane: {
      announce: async (wallets) => up(octane).announce(copy(wallets)),
      session: async (sessionId) => copy(await up(octane).session(sessionId)),
      complete: async (approval) => copy(await up(octane).complete(copy(approval))),
      reject: async (sessionId, reason) => copy(await up(octane).reject(sessionId, reason)),
      revoke: async (pairId) => up(octane).revoke(pairId),
    },
    appliance: {
      validate: async (request) => copy(await up(appliance).validate(copy(request))),
      sign: async (message, signal) => copy(await up(appliance).sign(copy(message), signal)),
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
