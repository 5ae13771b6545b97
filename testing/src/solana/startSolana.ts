import { note } from "../note.js";
import { findValidator } from "./findValidator.js";
import { startLitesvm } from "./litesvm/startLitesvm.js";
import type { SolanaChain } from "./solanaChain.js";
import { startValidator } from "./validator.js";

export type { SolanaChain } from "./solanaChain.js";

const how =
  "install the Solana CLI so that solana-test-validator is on PATH, or set SOLANA_TEST_VALIDATOR to its path";

/**
 * Starts a Solana chain of its own: `solana-test-validator` where there is one, else litesvm, which `onLitesvm` is
 * told; by default the closing lines of the test run then say so.
 *
 * @throws Error if a validator is there but does not start, or if there is none and
 * `SIGIL_REQUIRE_VALIDATOR=1` asks for one.
 */
export async function startSolana(onLitesvm: (line: string) => void = note): Promise<SolanaChain> {
  const command = findValidator();
  if (command !== undefined) return startValidator({ command });
  if (process.env.SIGIL_REQUIRE_VALIDATOR === "1")
    throw new Error(`SIGIL_REQUIRE_VALIDATOR is set, but there is no solana-test-validator: ${how}.`);
  onLitesvm(`the Solana tests ran on litesvm, not on solana-test-validator (to run them there: ${how})`);
  return startLitesvm();
}
