import { Command } from "commander";
import type { Run } from "./command.js";
import { addConformance } from "./commands/conformance.js";
import { addDev } from "./commands/dev.js";
import { addDoctor } from "./commands/doctor.js";
import { addEvents } from "./commands/events.js";
import { addKeygen } from "./commands/keygen.js";
import { addPair } from "./commands/pair.js";
import { addRevoke } from "./commands/revoke.js";
import { addSign } from "./commands/sign.js";
import { addTrigger } from "./commands/trigger.js";
import { addWallets } from "./commands/wallets.js";
import { version } from "./version.js";

/** In the order of their use, which `--help` keeps. */
const commands = [
  addDev,
  addKeygen,
  addPair,
  addWallets,
  addSign,
  addEvents,
  addRevoke,
  addDoctor,
  addTrigger,
  addConformance,
];

const epilogue = `
Exit codes: 0 ok, 1 failure, 2 wrong usage, 3 rejected by the user, 4 expired, 130 interrupted.

Example:
  sigil dev            # in one terminal: prints variables to set
  sigil pair           # in another`;

/** The command line: what can be typed, and what each command does. It throws where it would end the process. */
export function createProgram(run: Run, quiet: boolean): Command {
  const { stdout, stderr } = run.io;
  const program = new Command("sigil")
    .description("Pairs Sigil appliances, has them sign, and emulates them on this machine.")
    .version(version)
    .addHelpText("after", epilogue)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      // What it would say here is said once, as an error.
      writeErr: (text) => void (quiet ? undefined : stderr.write(text)),
      outputError: () => {},
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  for (const add of commands) add(program, run);
  return program;
}
