import { b64uToBytes } from "@sigil/astrotrain";
import type { Env } from "../io.js";
import { type Check, failed, ok } from "./Check.js";

/** Node 20.19 is the first that all packages run on. */
export function checkNode(version: string = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return ok("node", `version ${version}`);
  return failed("node", "node_too_old", `version ${version} is too old`, "Install Node 20.19 or later.");
}

const seedDocs = "docs/errors.md#kinds-of-signerror";

/** That the seed is one. Whether it is registered shows only when octane is asked to sign, which asks a user: not here. */
export function checkSeed(seed: string): Check {
  const next = "Set SIGIL_SP_SEED to the 43 characters of base64url that sigil keygen printed.";
  if (seed === "") return failed("seed", "missing_option", "SIGIL_SP_SEED is not set", next);
  const length = lengthOf(seed);
  if (length === undefined)
    return failed("seed", "invalid_seed", "it is not base64url without padding", next, seedDocs);
  if (length !== 32)
    return failed("seed", "seed_length", `it decodes to ${length} bytes and not to 32`, next, seedDocs);
  return ok(
    "seed",
    "decodes to 32 bytes; not checked: that it is the one registered, which sigil sign shows",
  );
}

function lengthOf(seed: string): number | undefined {
  try {
    return b64uToBytes(seed).length;
  } catch {
    return undefined;
  }
}

/** Prefixes by which a bundler puts a variable into what every visitor downloads. The same as `@sigil/server` refuses. */
const published =
  /^(NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|BUN_PUBLIC|PUBLIC|VITE|REACT_APP|VUE_APP|NG_APP|GATSBY|STORYBOOK|RAZZLE)_/i;

/** A secret in such a variable is one no longer. `secrets` are those that were given, by value. */
export function checkPublished(env: Env, secrets: readonly string[]): Check {
  const leaking = Object.entries(env)
    .filter(([name, value = ""]) => published.test(name) && value !== "" && isSecret(name, value, secrets))
    .map(([name]) => name);
  if (leaking.length === 0) return ok("bundle", "no variable for browsers holds the API key or the seed");
  return failed(
    "bundle",
    "secret_published",
    `${leaking.join(", ")} would be in what every visitor downloads`,
    "Rename it without the prefix, read it on the server alone, and replace the secret if it was ever built.",
  );
}

function isSecret(name: string, value: string, secrets: readonly string[]): boolean {
  if (secrets.some((secret) => secret !== "" && value.includes(secret))) return true;
  return /SIGIL_.*(API_KEY|SEED|SECRET)/.test(name);
}
