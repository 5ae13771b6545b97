import type { Appliance } from "../appliance/appliance.js";
import type { PairingCard } from "../appliance/card.js";
import type { WaitingRequest } from "../appliance/signing.js";
import type { Emulator } from "../emulator.js";
import type { AddedFault } from "../faults/faults.js";

/** A card as data. */
export function cardView({ approve: _, reject: __, ...card }: PairingCard): object {
  return card;
}

/** A waiting request as data. */
function requestView({ approve: _, reject: __, ...request }: WaitingRequest): object {
  return request;
}

/** An appliance as data: no key in it. */
export async function applianceView(appliance: Appliance): Promise<object> {
  const { id, name } = appliance;
  return {
    id,
    name,
    online: appliance.online(),
    wallets: appliance.wallets(),
    cards: appliance.cards().map(cardView),
    requests: (await appliance.requests()).map(requestView),
    pairs: appliance.pairs(),
    prompts: { pair: appliance.prompts("pair"), sign: appliance.prompts("sign") },
  };
}

/** A fault as data; of a rule that goes by a function, what JSON can say. */
export function faultView({ id, rule, hits }: AddedFault): object {
  return { id, rule, hits: hits() };
}

/** The time, twice. */
export function clockView({ clock }: Emulator): object {
  const now = clock.now();
  return { now, at: new Date(now).toISOString() };
}

/** All there is. */
export async function stateView(emulator: Emulator): Promise<object> {
  return {
    clock: clockView(emulator),
    appliances: await Promise.all(emulator.appliances().map(applianceView)),
    sessions: emulator.sessions(),
    service_providers: emulator.sps.list(),
    policy: emulator.policy.get(),
    rules: emulator.rules.list(),
    faults: emulator.faults.list().map(faultView),
    exchanges: emulator.traffic.list().length,
    last_event_id: lastEventId(emulator),
  };
}

/** The id of the newest event, 0 where there was none. */
export function lastEventId({ events }: Emulator): number {
  return events.since(0).at(-1)?.id ?? 0;
}
