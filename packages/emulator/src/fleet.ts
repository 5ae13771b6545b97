import {
  type Appliance,
  type ApplianceRow,
  createAppliance,
  type MadeAppliance,
  nestedInAppliances,
} from "./appliance/appliance.js";
import type { ApprovalOption } from "./appliance/approval.js";
import { mnemonicOf } from "./appliance/derive.js";
import type { StandingRules } from "./appliance/rules/rules.js";
import type { EmulatorClock } from "./clock/clock.js";
import { toBase64Url } from "./encoding/base64url.js";
import type { Emit } from "./events/events.js";
import { requireRange } from "./internal/requireRange.js";
import type { Journal } from "./journal/Journal.js";
import { openRows } from "./journal/rows.js";
import { createLink } from "./link/link.js";
import type { Octane } from "./octane/octane.js";
import type { ApplianceOptions } from "./options.js";
import { type RandomBytes, uuid } from "./random.js";

/** The appliances of one emulator, each with its own link to octane. */
export type Fleet = {
  readonly first: Appliance;
  all(): readonly Appliance[];
  add(options?: ApplianceOptions): Appliance;
  /** The first one as it was when made; the others are no more. */
  reset(): void;
};

/** What a fleet is made of. `first` sets up the first appliance and what others leave out. */
export type FleetDeps = {
  readonly octane: Octane;
  readonly rules: StandingRules;
  readonly clock: EmulatorClock;
  readonly randomBytes: RandomBytes;
  readonly emit: Emit;
  readonly journal: Journal;
  readonly first: ApplianceOptions & { readonly approval: ApprovalOption; readonly walletsPerChain: number };
};

/** Makes the appliances that were there, or else the first one. */
export function createFleet(deps: FleetDeps): Fleet {
  const rows = openRows<ApplianceRow>(deps.journal, "appliances", nestedInAppliances);
  const made = rows.all().map(([, row]) => connect(deps, row, deps.first.approval));
  const add = (options: ApplianceOptions): MadeAppliance => {
    const row = rowOf(deps, options, made.length + 1);
    const one = connect(deps, row, options.approval ?? deps.first.approval);
    // Once it is known that the words are words and the approval is one.
    rows.put(row.id, row);
    made.push(one);
    return one;
  };
  const [first = add(deps.first)] = made;
  return {
    first: first.appliance,
    all: () => made.map(({ appliance }) => appliance),
    add: (options = {}) => add(options).appliance,
    reset: () => {
      for (const { appliance, forget } of made.splice(1)) {
        forget();
        deps.octane.disconnect(appliance.id);
      }
      first.reset();
    },
  };
}

function rowOf({ randomBytes, first }: FleetDeps, options: ApplianceOptions, number: number): ApplianceRow {
  const wallets_per_chain = options.walletsPerChain ?? first.walletsPerChain;
  requireRange("walletsPerChain", wallets_per_chain, 1, 100);
  return {
    id: uuid(randomBytes),
    name: options.name ?? `Appliance ${number}`,
    identity_seed: toBase64Url(randomBytes(32)),
    mnemonic: options.mnemonic ?? mnemonicOf(number),
    wallets_per_chain,
    imported_keys: [],
    online: true,
  };
}

function connect({ octane, ...deps }: FleetDeps, row: ApplianceRow, approval: ApprovalOption): MadeAppliance {
  const link = createLink();
  const maxWrongCodes = (): number => octane.policy.get().maxWrongCodes;
  const made = createAppliance({ ...deps, row, link, approval, maxWrongCodes });
  link.attachOctane(octane.connect(row.id, link.appliance));
  link.attachAppliance(made.end);
  made.connect();
  return made;
}
