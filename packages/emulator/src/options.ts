import type { ApprovalDecision, ApprovalOption } from "./appliance/approval.js";
import { defaultMnemonic } from "./appliance/derive.js";

/**
 * How an emulator is set up. All of it is optional.
 *
 * @example
 * ```ts
 * const emulator = createEmulator({ approval: "manual", userTimeoutMs: 1_000 });
 * ```
 */
export type EmulatorOptions<Decision extends ApprovalDecision = ApprovalDecision> = {
  /** Who decides about pairing and signing on the appliance. Default `"auto"`. */
  readonly approval?: ApprovalOption<Decision>;
  /** English BIP-39 words of the appliance's wallets. Default: `test test … junk`, the words of every local chain. */
  readonly mnemonic?: string;
  /** How many wallets to derive for each chain, 1 to 100. Default 2. */
  readonly walletsPerChain?: number;
  /** Where `emulator.sp` may send the phone after approval: https origins. Default: nowhere. */
  readonly allowedReturnOrigins?: readonly string[];
  /** The clock, in milliseconds since 1970. Sessions expire by it. Default `Date.now`. */
  readonly now?: () => number;
  /** How long the user may take to decide about a signature, in milliseconds of real time. Default 280,000. */
  readonly userTimeoutMs?: number;
};

/** What one service provider is set up with. */
export type SpOptions = {
  /** The name the appliance shows. */
  readonly name?: string;
  /** Where it may send the phone after approval: https origins. Default: nowhere. */
  readonly allowedReturnOrigins?: readonly string[];
};

/** The options with their defaults filled in. */
export type Settings = Required<EmulatorOptions>;

/** The longest delay a timer takes; a longer one would fire at once. */
const maxTimerMs = 2 ** 31 - 1;

/** @throws TypeError or RangeError naming the option. */
export function settingsOf(options: EmulatorOptions): Settings {
  const settings: Settings = {
    approval: options.approval ?? "auto",
    mnemonic: options.mnemonic ?? defaultMnemonic,
    walletsPerChain: options.walletsPerChain ?? 2,
    allowedReturnOrigins: options.allowedReturnOrigins ?? [],
    // Called through: a test that replaces Date.now later is heard.
    now: options.now ?? (() => Date.now()),
    userTimeoutMs: options.userTimeoutMs ?? 280_000,
  };
  if (typeof settings.now !== "function") throw new TypeError("now must be a function.");
  requireRange("walletsPerChain", settings.walletsPerChain, 1, 100, Number.isInteger);
  requireRange("userTimeoutMs", settings.userTimeoutMs, 1, maxTimerMs, Number.isFinite);
  return settings;
}

function requireRange(
  name: string,
  value: number,
  least: number,
  most: number,
  fits: (value: number) => boolean,
): void {
  if (fits(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} must be from ${least} to ${most}.`);
}
