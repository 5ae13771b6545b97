import { readFileSync } from "node:fs";
import { createEmulator, type Emulator, type Rule } from "@sigil/emulator";
import { CliError } from "../errors/CliError.js";

/**
 * The rules of a file: a JSON list, in which the first that fits a request decides.
 *
 * @throws CliError `file_failed` or `bad_option`, naming the file and the rule.
 */
export function readRules(file: string): readonly Rule[] {
  const list = parse(file);
  if (!Array.isArray(list)) throw wrong(file, "is no list of rules");
  // Of an emulator that nobody uses: the one that is to run may have a state to take in, which is done after this.
  const { rules } = createEmulator();
  for (const [i, rule] of list.entries()) {
    try {
      rules.add(rule as Rule);
    } catch (error) {
      throw wrong(file, `has a rule that is none, the one at ${i}: ${(error as Error).message}`);
    }
  }
  return rules.list();
}

/** Puts rules in the place of those that there are, and again after each reset: it goes back to how it started. */
export function startWith(rules: readonly Rule[], emulator: Emulator): void {
  const put = (): void => {
    emulator.rules.clear();
    for (const rule of rules) emulator.rules.add(rule);
  };
  put();
  emulator.events.subscribe(({ kind }) => {
    if (kind === "reset") put();
  });
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined) throw wrong(file, "is not JSON");
    const next = "Check the path, and that you may read it.";
    throw new CliError("file_failed", `${file} could not be read (${code}).`, next, { cause: error });
  }
}

const wrong = (file: string, how: string): CliError =>
  new CliError(
    "bad_option",
    `${file} ${how}`,
    'A rule is such as {"when":{"chain":"solana"},"then":"approve"}.',
  );
