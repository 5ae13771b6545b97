import { generateKeyPairSync } from "node:crypto";
import type { Command } from "commander";
import { addCommand, type Run } from "../command.js";
import { exitCodes } from "../exitCodes.js";
import { writeSecretFile } from "../options/writeSecretFile.js";

type Flags = { readonly out?: string; readonly force?: boolean };

/** `sigil keygen`: makes the key pair a service provider signs with. */
export function addKeygen(program: Command, run: Run): void {
  addCommand<Flags>(
    program,
    run,
    {
      name: "keygen",
      summary: "make an SP's Ed25519 key: a seed to keep, a public key to register",
      example: "sigil keygen --out .env.sigil   # then: node --env-file=.env.sigil app.js",
    },
    (command) =>
      command
        .option(
          "--out <file>",
          "write SIGIL_SP_SEED=… there, readable by you alone, and do not print the seed",
        )
        .option("--force", "replace the file if it exists"),
    async ({ out, force }, { report }) => {
      const { seed, publicKey } = makeKey();
      if (out === undefined) {
        report.result({ seed, publicKey }, [`seed        ${seed}`, `public key  ${publicKey}`, ...advice]);
        return exitCodes.ok;
      }
      writeSecretFile(out, `SIGIL_SP_SEED=${seed}\n`, force === true);
      report.result({ publicKey, file: out }, [`public key  ${publicKey}`, `The seed is in ${out}.`]);
      return exitCodes.ok;
    },
  );
}

const advice = [
  "",
  "Keep the seed secret (SIGIL_SP_SEED). Register the public key with Sigil as your signing key.",
];

/** Both are 32 bytes in base64url. */
function makeKey(): { readonly seed: string; readonly publicKey: string } {
  const { d = "", x = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  return { seed: d, publicKey: x };
}
