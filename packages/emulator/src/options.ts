import type { ApprovalDecision, ApprovalOption } from "./appliance/approval.js";
import { requireRange } from "./internal/requireRange.js";
import type { Journal } from "./journal/Journal.js";
import { noJournal } from "./journal/noJournal.js";
import type { SpChange } from "./octane/spChange.js";

/**
 * How an emulator is set up. All of it is optional.
 *
 * @example
 * ```ts
 * const emulator = createEmulator({ approval: "manual", userTimeoutMs: 1_000 });
 * ```
 */
export type EmulatorOptions<Decision extends ApprovalDecision = ApprovalDecision> = {
  /** Who decides about pairing and signing on the appliances, where no rule does. Default `"auto"`. */
  readonly approval?: ApprovalOption<Decision>;
  /** English BIP-39 words of the appliance's wallets. Default: `test test … junk`, the words of every local chain. */
  readonly mnemonic?: string;
  /** How many wallets to derive for each chain, 1 to 100. Default 2. */
  readonly walletsPerChain?: number;
  /** Where `emulator.sp` may send the phone after approval: https origins. Default: nowhere. */
  readonly allowedReturnOrigins?: readonly string[];
  /**
   * The time, in milliseconds since 1970. Sessions expire by it. Default `Date.now`; with a `seed`, a clock that begins at
   * 2026-01-01T00:00:00Z and moves by `emulator.clock.advance` alone.
   */
  readonly now?: () => number;
  /** How long the user may take to decide about a signature, in milliseconds. Default 280,000. */
  readonly userTimeoutMs?: number;
  /**
   * Everything random comes from this text, so that the same calls get the same answers, bytes and all. Keys are as
   * secret as the text. Default: the platform's randomness.
   */
  readonly seed?: string;
  /** Where to keep what must outlive the process. Default: nowhere. */
  readonly journal?: Journal;
};

/** What one service provider is set up with. */
export type SpOptions = {
  /** The name the appliance shows. */
  readonly name?: string;
} & Pick<SpChange, "logo" | "homepage" | "allowedReturnOrigins" | "supportedChains" | "rateLimit">;

/** What a further appliance is set up with. */
export type ApplianceOptions<Decision extends ApprovalDecision = ApprovalDecision> = {
  /** What its owner calls it. Default: `Appliance 2` and so on. */
  readonly name?: string;
  /** Default: the emulator's. */
  readonly approval?: ApprovalOption<Decision>;
  /** Default: other words for each, as public as the first one's. */
  readonly mnemonic?: string;
  /** 1 to 100. Default: the emulator's. */
  readonly walletsPerChain?: number;
};

/** The options with their defaults filled in. `standing`: the clock moves by `advance` alone. */
export type Settings = Required<Omit<EmulatorOptions, "seed" | "mnemonic">> &
  Pick<EmulatorOptions, "seed" | "mnemonic"> & { readonly standing: boolean };

/** The longest delay a timer takes; a longer one would fire at once. */
const maxTimerMs = 2 ** 31 - 1;

const seededStart = Date.UTC(2026, 0, 1);

/** @throws TypeError or RangeError naming the option. */
export function settingsOf(options: EmulatorOptions): Settings {
  const { seed, mnemonic, now } = options;
  const settings: Settings = {
    approval: options.approval ?? "auto",
    walletsPerChain: options.walletsPerChain ?? 2,
    allowedReturnOrigins: options.allowedReturnOrigins ?? [],
    // Called through: a test that replaces Date.now later is heard.
    now: now ?? (seed === undefined ? () => Date.now() : () => seededStart),
    standing: now === undefined && seed !== undefined,
    userTimeoutMs: options.userTimeoutMs ?? 280_000,
    journal: options.journal ?? noJournal,
    ...(seed === undefined ? {} : { seed }),
    ...(mnemonic === undefined ? {} : { mnemonic }),
  };
  if (typeof settings.now !== "function") throw new TypeError("now must be a function.");
  if (seed !== undefined && typeof seed !== "string") throw new TypeError("seed must be a string.");
  requireRange("walletsPerChain", settings.walletsPerChain, 1, 100);
  requireRange("userTimeoutMs", settings.userTimeoutMs, 1, maxTimerMs, Number.isFinite);
  return settings;
}
