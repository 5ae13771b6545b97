import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** What the search looks at; injected, so that the search can be tested for any machine. */
export type ValidatorHost = {
  readonly named: string | undefined;
  readonly path: string | undefined;
  readonly isProgram: (file: string) => boolean;
};

/**
 * The `solana-test-validator` to start: the one that `SOLANA_TEST_VALIDATOR` names, else the first on PATH,
 * else none. A named one is not looked at: if it is not there, starting it says so.
 */
export function findValidator(host: ValidatorHost = thisHost()): string | undefined {
  if (host.named) return host.named;
  const folders = (host.path ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, "solana-test-validator")).find(host.isProgram);
}

function thisHost(): ValidatorHost {
  return { named: process.env.SOLANA_TEST_VALIDATOR, path: process.env.PATH, isProgram };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
