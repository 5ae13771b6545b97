import type { Appliance } from "../appliance/appliance.js";
import type { PairingCard } from "../appliance/card.js";
import type { WaitingRequest } from "../appliance/signing.js";
import type { Emulator } from "../emulator.js";
import type { AddedFault } from "../faults/faults.js";
import type { ServiceProvider } from "../octane/serviceProviders.js";
import { ControlError } from "./ControlError.js";

/** The appliance by its id, or by the word `first`. @throws ControlError 404. */
export function findAppliance(emulator: Emulator, id: string): Appliance {
  if (id === "first") return emulator.appliance;
  return emulator.appliances().find((one) => one.id === id) ?? missing("appliance", id);
}

/** The scanned session that waits for an answer. @throws ControlError 404. */
export function findCard(appliance: Appliance, sessionId: string): PairingCard {
  return appliance.cards().find((one) => one.session_id === sessionId) ?? missing("waiting card", sessionId);
}

/** The signature request that waits for an answer. @throws ControlError 404. */
export async function findRequest(appliance: Appliance, requestId: string): Promise<WaitingRequest> {
  const waiting = await appliance.requests();
  return waiting.find((one) => one.request_id === requestId) ?? missing("waiting request", requestId);
}

/** The fault that stands. @throws ControlError 404. */
export function findFault(emulator: Emulator, id: string): AddedFault {
  return emulator.faults.list().find((one) => one.id === id) ?? missing("fault", id);
}

/** @throws ControlError 404. */
export function findSp(emulator: Emulator, id: string): ServiceProvider {
  return emulator.sps.list().find((one) => one.id === id) ?? missing("service provider", id);
}

/** @throws ControlError 404 `not_found`. */
export function missing(what: string, id: string): never {
  throw new ControlError(404, "not_found", `There is no ${what} ${JSON.stringify(id.slice(0, 100))}.`);
}
