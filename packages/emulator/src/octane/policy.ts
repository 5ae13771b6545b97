import type { Emit } from "../events/events.js";
import { requireRange } from "../internal/requireRange.js";
import type { Rows } from "../journal/rows.js";
import { type Chain, chains, isChain } from "../link/chains.js";

/** How many requests may come in a stretch of time. */
export type RateLimit = { readonly requests: number; readonly perMs: number };

/** What octane allows. */
export type PolicySettings = {
  /** Chains that may be paired and signed on; on others octane answers 403 `policy_denied`. Default: all. */
  readonly supportedChains: readonly Chain[];
  /**
   * For each API key; above it octane answers 429 `rate_limited` with `Retry-After` in whole seconds. Default: `null`,
   * none.
   */
  readonly rateLimit: RateLimit | null;
  /** After so many wrong validation codes in a row a pending pairing is revoked. Default 3. */
  readonly maxWrongCodes: number;
  /** How long the user may take to decide about a signature, in milliseconds. Default: the option of that name. */
  readonly userTimeoutMs: number;
};

/**
 * What octane allows, for everybody; a service provider may have narrower chains and a rate limit of its own.
 *
 * @example
 * ```ts
 * emulator.policy.set({ supportedChains: ["base"], rateLimit: { requests: 10, perMs: 1_000 } });
 * ```
 */
export type Policy = {
  readonly get: () => PolicySettings;
  /** Changes what is named, from the next request on. @throws TypeError or RangeError naming the field. */
  readonly set: (change: Partial<PolicySettings>) => void;
};

/** The policy as octane holds it. */
export type StandingPolicy = Policy & { reset(): void };

/** What a policy is made of. */
export type PolicyDeps = {
  readonly initial: PolicySettings;
  readonly rows: Rows<{ readonly policy: PolicySettings }>;
  readonly emit: Emit;
};

/** The longest delay a timer takes; a longer one would fire at once. */
const maxTimerMs = 2 ** 31 - 1;

/** Makes a policy, as it stood last or as it is at first. */
export function createPolicy({ initial, rows, emit }: PolicyDeps): StandingPolicy {
  const first = checkedPolicy(initial);
  let settings = new Map(rows.all()).get("policy")?.policy ?? first;
  return {
    get: () => settings,
    set: (change) => {
      settings = checkedPolicy({ ...settings, ...given(change) });
      rows.put("policy", { policy: settings });
      emit("policy_changed");
    },
    reset: () => {
      settings = first;
      rows.remove("policy");
    },
  };
}

/** What is `undefined` changes nothing. */
function given<Change extends object>(change: Change): Partial<Change> {
  const fields = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(fields) as Partial<Change>;
}

/** A copy of the settings. @throws TypeError or RangeError naming the field. */
export function checkedPolicy({
  supportedChains,
  rateLimit,
  maxWrongCodes,
  userTimeoutMs,
}: PolicySettings): PolicySettings {
  requireRange("maxWrongCodes", maxWrongCodes, 1, 1_000_000);
  requireRange("userTimeoutMs", userTimeoutMs, 1, maxTimerMs, Number.isFinite);
  return Object.freeze({
    supportedChains: knownChains(supportedChains),
    rateLimit: knownRate(rateLimit),
    maxWrongCodes,
    userTimeoutMs,
  });
}

/** A copy of the list. @throws TypeError where it is none, or an entry is not a chain. */
export function knownChains(names: readonly Chain[]): readonly Chain[] {
  if (!Array.isArray(names)) throw new TypeError("supportedChains must be a list of chains.");
  const unknown = names.find((name) => typeof name !== "string" || !isChain(name));
  if (unknown === undefined) return Object.freeze([...names]);
  throw new TypeError(
    `supportedChains: ${JSON.stringify(unknown)} is not a chain of Sigil's: use some of ${chains.join(", ")}.`,
  );
}

/** A copy of the limit. @throws TypeError or RangeError. */
export function knownRate(limit: RateLimit | null): RateLimit | null {
  if (limit === null) return null;
  if (typeof limit !== "object") throw new TypeError("rateLimit must be { requests, perMs } or null.");
  requireRange("rateLimit.requests", limit.requests, 0, Number.MAX_SAFE_INTEGER);
  requireRange("rateLimit.perMs", limit.perMs, 1, maxTimerMs, Number.isFinite);
  return Object.freeze({ requests: limit.requests, perMs: limit.perMs });
}
