import { readFileSync } from "node:fs";
import type { Rule, Rules } from "@sigil/emulator";
import { CliError } from "../errors/CliError.js";

/**
 * Adds the rules of a file: a JSON list, in which the first that fits a request decides.
 *
 * @throws CliError `file_failed` or `bad_option`, naming the file and the rule.
 */
export function readRules(file: string, rules: Rules): void {
  const list = parse(file);
  if (!Array.isArray(list)) throw wrong(file, "is no list of rules");
  for (const [i, rule] of list.entries()) {
    try {
      rules.add(rule as Rule);
    } catch (error) {
      throw wrong(file, `has a rule that is none, the one at ${i}: ${(error as Error).message}`);
    }
  }
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
