import type { EmulatorClock } from "../clock/clock.js";
import { rfc3339 } from "../clock/moment.js";
import { fromBase64Url, toBase64Url } from "../encoding/base64url.js";
import type { Emit } from "../events/events.js";
import type { Journal } from "../journal/Journal.js";
import { openRows } from "../journal/rows.js";
import type { ApplianceEnd, OctaneEnd } from "../link/messages.js";
import type { RandomBytes } from "../random.js";
import { type App, createApp } from "./app.js";
import type { OctaneState } from "./call.js";
import { createOctaneKey, type OctaneKey } from "./envelope.js";
import { createOctaneEnd } from "./octaneEnd.js";
import { type OpenSession, openSessions } from "./openSessions.js";
import { createPolicy, type Policy, type PolicySettings } from "./policy.js";
import { revoke } from "./revoke.js";
import { createServiceProviders, type SpRegistry } from "./serviceProviders.js";
import { createAppliances } from "./stores/appliances.js";
import { createDirectory } from "./stores/directory.js";
import { createIdempotency } from "./stores/idempotency.js";
import { createPairings } from "./stores/pairings.js";
import { createRates } from "./stores/rates.js";
import { createSessions, type SessionLimits } from "./stores/sessions.js";
import { createSps } from "./stores/sps.js";
import { createUsers } from "./stores/users.js";

/** What an octane needs from outside. */
export type OctaneDeps = {
  readonly clock: EmulatorClock;
  readonly randomBytes: RandomBytes;
  readonly policy: PolicySettings;
  readonly emit: Emit;
  readonly journal: Journal;
  readonly sessionLimits?: SessionLimits;
};

/** One octane: its HTTP side, its ends of the links, its service providers. It holds no private key but its own. */
export type Octane = {
  readonly fetch: App;
  /** Makes an appliance known; answers with what the appliance may ask. */
  connect(applianceId: string, end: ApplianceEnd): OctaneEnd;
  disconnect(applianceId: string): void;
  /** Base64url of 32 bytes. */
  readonly publicKey: string;
  readonly sps: SpRegistry;
  /** Whether this is an API key of that service provider. */
  knows(spId: string, apiKey: string): boolean;
  readonly policy: Policy;
  sessions(): readonly OpenSession[];
  /** Takes this service provider, as it is now, for what {@link Octane.reset} goes back to. */
  keep(spId: string): void;
  /** Ends every session and pairing, and forgets all but its key and the service provider kept. */
  reset(): Promise<void>;
};

/** Makes an octane that knows nobody but whom its journal knows. */
export function createOctane(deps: OctaneDeps): Octane {
  const state = stateOf(deps);
  deps.clock.onAdvance(() => state.sessions.sweep());
  return {
    fetch: createApp(state),
    connect: (applianceId, end) => {
      state.appliances.connect(applianceId, end);
      return createOctaneEnd(state, applianceId);
    },
    disconnect: (applianceId) => {
      state.appliances.disconnect(applianceId);
      state.directory.forget(applianceId);
    },
    publicKey: toBase64Url(state.key.publicKey),
    sps: createServiceProviders(state),
    knows: (spId, apiKey) => state.sps.find(apiKey)?.sp.id === spId,
    policy: state.policy,
    sessions: () => openSessions(state),
    keep: state.sps.keep,
    reset: () => reset(state),
  };
}

function stateOf({ sessionLimits, policy, ...deps }: OctaneDeps): OctaneState {
  const { clock, randomBytes, emit, journal } = deps;
  const users = createUsers(journal);
  return {
    ...deps,
    sps: createSps(users, randomBytes, () => rfc3339(clock.now())),
    sessions: createSessions(clock.now, {
      limits: sessionLimits,
      journal,
      finished: ({ session_id, sp_id, frame }) => {
        const outcome = frame?.kind.replace("pair_", "") ?? "";
        const pair = frame?.kind === "pair_completed" ? { pair_id: frame.pair_id } : {};
        emit("session_finished", { session_id, sp_id, outcome, ...pair });
      },
    }),
    pairings: createPairings(journal),
    directory: createDirectory(),
    idempotency: createIdempotency(1_000, journal),
    rates: createRates(clock.now),
    appliances: createAppliances(),
    policy: createPolicy({ initial: policy, rows: openRows(journal, "settings", ["policy"]), emit }),
    key: keyOf(journal, randomBytes),
  };
}

/** Octane's key stays what it was: service providers have pinned it. */
function keyOf(journal: Journal, randomBytes: RandomBytes): OctaneKey {
  const rows = openRows<{ readonly seed: string }>(journal, "settings");
  const kept = new Map(rows.all()).get("octane")?.seed;
  const seed = (kept === undefined ? undefined : fromBase64Url(kept)) ?? randomBytes(32);
  if (kept === undefined) rows.put("octane", { seed: toBase64Url(seed) });
  return createOctaneKey(seed);
}

async function reset(octane: OctaneState): Promise<void> {
  octane.sessions.clear();
  const told = octane.sps
    .all()
    .flatMap(({ user }) => octane.pairings.ofSp(user.id))
    .map(({ pair_id }) => revoke(octane, pair_id));
  octane.pairings.clear();
  octane.idempotency.clear();
  octane.rates.clear();
  octane.policy.reset();
  octane.sps.restore();
  await Promise.all(told);
}
