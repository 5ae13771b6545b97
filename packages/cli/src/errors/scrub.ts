import type { Env } from "../io.js";

const secretFlags = ["--api-key", "--second-api-key", "--seed", "--control-token"];
const secretVariables = ["SIGIL_API_KEY", "SIGIL_SECOND_API_KEY", "SIGIL_SP_SEED", "SIGIL_CONTROL_TOKEN"];

/** Takes the secrets that this command was given out of what it says about a failure, whoever wrote that. */
export function createScrub(argv: readonly string[], env: Env): (text: string) => string {
  const secrets = [...flagValues(argv), ...secretVariables.map((name) => env[name] ?? "")];
  // Too short to be a secret; and every other word would be full of it.
  const long = secrets.filter((secret) => secret.length >= 6);
  return (text) => long.reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
}

function flagValues(argv: readonly string[]): readonly string[] {
  return argv.flatMap((arg, i) => {
    if (secretFlags.includes(arg)) return [argv[i + 1] ?? ""];
    // A mistyped flag too: what follows its sign may be the secret.
    return /^--[\w-]*(key|seed|token|kye|sed)[\w-]*=/.test(arg) ? [arg.slice(arg.indexOf("=") + 1)] : [];
  });
}
