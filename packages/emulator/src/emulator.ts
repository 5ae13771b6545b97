import type { Appliance } from "./appliance/appliance.js";
import type { ApprovalDecision } from "./appliance/approval.js";
import { createRules, type Rules } from "./appliance/rules/rules.js";
import { type Clock, createClock } from "./clock/clock.js";
import { addSp, type EmulatorSp, firstSp } from "./emulatorSp.js";
import { createEvents, type Events } from "./events/events.js";
import { createFaults, type Faults } from "./faults/faults.js";
import { createFetch } from "./fetch.js";
import { createFleet, type FleetDeps } from "./fleet.js";
import { openRows } from "./journal/rows.js";
import { chains } from "./link/chains.js";
import { createOctane } from "./octane/octane.js";
import type { OpenSession } from "./octane/openSessions.js";
import type { Policy, PolicySettings } from "./octane/policy.js";
import type { SpRegistry } from "./octane/serviceProviders.js";
import {
  type ApplianceOptions,
  type EmulatorOptions,
  type Settings,
  type SpOptions,
  settingsOf,
} from "./options.js";
import { type SeededRandom, seededRandom, systemRandom } from "./random.js";
import { createTraffic, type Traffic } from "./traffic/traffic.js";

/**
 * The service providers octane knows, as the vendor's admin console manages them. Each takes an id of `list()` and throws
 * a TypeError where there is none.
 */
export type ServiceProviders = Omit<SpRegistry, "register"> & {
  /** The same as `emulator.addSp`. */
  readonly add: (options?: SpOptions) => EmulatorSp;
};

/** Octane and its appliances, in this process. */
export type Emulator = {
  /**
   * The platform's `fetch`, answered by octane: hand it to the SDK. Takes any origin, with or without `/octane` before
   * the path, and needs no `this`.
   */
  readonly fetch: typeof globalThis.fetch;
  /** A service provider octane already knows. */
  readonly sp: EmulatorSp;
  /** Makes octane know another service provider, which sees nothing of the first one's. */
  readonly addSp: (options?: SpOptions) => EmulatorSp;
  /** All service providers: their keys, and what they may do. */
  readonly sps: ServiceProviders;
  /** The pairing sessions that have no answer yet and whose time is not over, of all service providers, newest first. */
  readonly sessions: () => readonly OpenSession[];
  /** The first appliance, as its owner holds it. */
  readonly appliance: Appliance;
  /** All of them, oldest first. */
  readonly appliances: () => readonly Appliance[];
  /** Makes another appliance, with other wallets. @throws TypeError or RangeError where an option is not what it says. */
  readonly addAppliance: <const Decision extends ApprovalDecision = ApprovalDecision>(
    options?: ApplianceOptions<Decision>,
  ) => Appliance;
  /** What owners do, by script; before their `approval`. */
  readonly rules: Rules;
  /** What octane allows. */
  readonly policy: Policy;
  /** The time, and how to move it on. */
  readonly clock: Clock;
  /** What happens, for whoever listens. */
  readonly events: Events;
  /** What went over the wire. */
  readonly traffic: Traffic;
  /** What goes wrong between octane and its callers. Nothing, until a test says so. */
  readonly faults: Faults;
  /**
   * As it was when made, with the same `sp`, keys and wallets: ends every session and pairing and whatever waits, and
   * forgets further appliances and service providers, keys taken in, rules, policy, faults, traffic, and what the clock
   * was moved on.
   */
  readonly reset: () => void;
  /** Resolves once all that was acknowledged is in storage; at once where there is none. */
  readonly settled: () => Promise<void>;
};

/**
 * Makes an octane and an appliance that know each other and nobody else: two emulators share nothing.
 *
 * @param options All optional, see {@link EmulatorOptions}.
 * @throws TypeError or RangeError where an option is not what it says.
 * @example
 * ```ts
 * const emulator = createEmulator();
 * const response = await emulator.fetch("https://octane.test/sp/pair/sessions", {
 *   method: "POST",
 *   headers: { authorization: `Bearer ${emulator.sp.apiKey}`, "content-type": "application/json" },
 *   body: JSON.stringify({ sp_user_ref: "ada", requested_scopes: [{ chain: "base", access: "sign" }] }),
 * });
 * const { pair_uri } = await response.json();
 * await emulator.appliance.open(`${pair_uri}&v=123456`); // scans, and approves
 * ```
 */
export function createEmulator<const Decision extends ApprovalDecision = ApprovalDecision>(
  options: EmulatorOptions<Decision> = {},
): Emulator {
  const settings = settingsOf(options);
  const { journal } = settings;
  const random = randomOf(settings);
  const { randomBytes } = random;
  const clock = createClock(settings);
  const { events, emit } = createEvents(clock.now);
  const rules = createRules(openRows(journal, "settings", ["rules"]), emit);
  const shared = { clock, randomBytes, emit, journal };
  const octane = createOctane({ ...shared, policy: firstPolicy(settings) });
  const fleet = createFleet({ ...shared, octane, rules, first: firstAppliance(settings) });
  const add = (sp: SpOptions = {}): EmulatorSp => addSp(octane, randomBytes, sp);
  const { allowedReturnOrigins } = settings;
  const sp = firstSp(octane, journal, randomBytes, () =>
    add({ name: "Test service provider", allowedReturnOrigins }),
  );
  octane.keep(sp.id);
  const faults = createFaults(() => emit("faults_changed"));
  const traffic = createTraffic(clock.now, emit);
  const fetch = createFetch((request, signal) =>
    traffic.record(request, signal, (seen) =>
      faults.pass({
        request,
        signal,
        handle: (each, answered) =>
          octane.fetch(each, {
            answered,
            asked: seen.asked,
            read: seen.read,
            sent: seen.sent,
            ...(signal === undefined ? {} : { signal }),
          }),
      }),
    ),
  );
  clock.onAdvance(() => emit("clock_advanced"));
  random.mark();
  const { register: _, ...sps } = octane.sps;
  const emulator = {
    fetch,
    addSp: add,
    sps: Object.freeze({ ...sps, add }),
    sessions: octane.sessions,
    appliance: fleet.first,
    appliances: fleet.all,
    addAppliance: fleet.add,
    rules: Object.freeze({ add: rules.add, list: rules.list, clear: rules.clear }),
    policy: Object.freeze({ get: octane.policy.get, set: octane.policy.set }),
    clock: Object.freeze({ now: clock.now, advance: clock.advance }),
    events,
    traffic: Object.freeze({ list: traffic.list, transcript: traffic.transcript }),
    faults: faults.faults,
    reset: () => {
      void octane.reset();
      fleet.reset();
      rules.clear();
      faults.reset();
      clock.reset();
      traffic.clear();
      random.rewind();
      emit("reset");
    },
    settled: journal.safe,
  };
  return seal(emulator, sp);
}

function randomOf({ seed }: Settings): SeededRandom {
  if (seed !== undefined) return seededRandom(seed);
  return { randomBytes: systemRandom, mark: () => {}, rewind: () => {} };
}

function firstPolicy({ userTimeoutMs }: Settings): PolicySettings {
  return { supportedChains: chains, rateLimit: null, maxWrongCodes: 3, userTimeoutMs };
}

function firstAppliance({ approval, mnemonic, walletsPerChain }: Settings): FleetDeps["first"] {
  return { approval, walletsPerChain, ...(mnemonic === undefined ? {} : { mnemonic }) };
}

/** The service provider's keys stay out of what prints the emulator: only `emulator.sp` itself shows them. */
function seal(parts: Omit<Emulator, "sp">, sp: EmulatorSp): Emulator {
  const emulator = Object.defineProperty({ ...parts }, "sp", { get: () => sp, enumerable: false });
  return Object.freeze(emulator) as Emulator;
}
