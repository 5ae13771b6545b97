import { LinkDown } from "../../link/link.js";
import type { ApplianceEnd } from "../../link/messages.js";

/** The appliances of one octane: the way to each. */
export type Appliances = {
  connect(applianceId: string, end: ApplianceEnd): void;
  disconnect(applianceId: string): void;
  /** @throws LinkDown where there is no such appliance. */
  get(applianceId: string): ApplianceEnd;
};

/** Makes an empty store. */
export function createAppliances(): Appliances {
  const ends = new Map<string, ApplianceEnd>();
  return {
    connect: (applianceId, end) => void ends.set(applianceId, end),
    disconnect: (applianceId) => void ends.delete(applianceId),
    get: (applianceId) => {
      const end = ends.get(applianceId);
      if (end === undefined) throw new LinkDown("Octane has no such appliance.");
      return end;
    },
  };
}
