import type { PairingOptions } from "@sigil/astrotrain/pairing";
import type { Command } from "commander";
import { CliError } from "../errors/CliError.js";
import type { Env, Io } from "../io.js";

/** What is typed to reach octane. */
export type OctaneFlags = { readonly octaneUrl?: string; readonly apiKey?: string };

/** What is typed to name a pair. */
export type PairFlag = { readonly pairId?: string };

/** What is typed to sign as the service provider. */
export type SeedFlag = { readonly seed?: string };

const visible = "flags show in process lists: prefer the variable";

export const withOctane = (command: Command): Command =>
  command
    .option("--octane-url <url>", "where octane is (SIGIL_OCTANE_URL)")
    .option("--api-key <key>", `the SP's API key (SIGIL_API_KEY; ${visible})`);

export const withPairId = (command: Command): Command =>
  command.option("--pair-id <id>", "the pair (SIGIL_PAIR_ID)");

export const withSeed = (command: Command): Command =>
  command.option("--seed <base64url>", `the SP's Ed25519 seed, 32 bytes (SIGIL_SP_SEED; ${visible})`);

/** What every call of the SDK takes, from flags, then from the environment. */
export function octaneOf(flags: OctaneFlags, { env, signal, fetch }: Io): PairingOptions {
  const octaneUrl = needed(flags.octaneUrl, env, "SIGIL_OCTANE_URL", "--octane-url");
  const apiKey = needed(flags.apiKey, env, "SIGIL_API_KEY", "--api-key");
  return { octaneUrl, apiKey, ...(signal ? { signal } : {}), ...(fetch ? { fetch } : {}) };
}

export const pairIdOf = (flags: PairFlag, { env }: Io): string =>
  needed(flags.pairId, env, "SIGIL_PAIR_ID", "--pair-id");

export const seedOf = (flags: SeedFlag, { env }: Io): string =>
  needed(flags.seed, env, "SIGIL_SP_SEED", "--seed");

const hints: Readonly<Record<string, string>> = {
  SIGIL_PAIR_ID: "sigil pair prints it.",
  SIGIL_CONTROL_TOKEN: "sigil dev prints it at each start.",
  SIGIL_SP_SEED: "sigil dev prints one for the emulator, sigil keygen makes one.",
};

/** An empty variable is one that is not set: so shells and CI leave them. */
export function needed(flag: string | undefined, env: Env, variable: string, name: string): string {
  const value = flag ?? env[variable] ?? "";
  if (value !== "") return value;
  const hint = hints[variable] ?? "sigil dev prints one for the emulator.";
  throw new CliError("missing_option", `${variable} is not set.`, `Set it, or pass ${name}; ${hint}`);
}
