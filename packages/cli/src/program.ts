import { Command } from "commander";
import type { Run } from "./command.js";
import { manifest } from "./manifest.js";

type Add = (program: Command, run: Run) => void;

/** In the order of their use, which `--help` keeps. Each is loaded when it is wanted, with the libraries that it needs. */
const commands: Readonly<Record<string, () => Promise<Add>>> = {
  dev: async () => (await import("./commands/dev.js")).addDev,
  keygen: async () => (await import("./commands/keygen.js")).addKeygen,
  pair: async () => (await import("./commands/pair.js")).addPair,
  wallets: async () => (await import("./commands/wallets.js")).addWallets,
  sign: async () => (await import("./commands/sign.js")).addSign,
  events: async () => (await import("./commands/events.js")).addEvents,
  revoke: async () => (await import("./commands/revoke.js")).addRevoke,
  doctor: async () => (await import("./commands/doctor.js")).addDoctor,
  trigger: async () => (await import("./commands/trigger.js")).addTrigger,
  conformance: async () => (await import("./commands/conformance.js")).addConformance,
};

const epilogue = `
Exit codes: 0 ok, 1 failure, 2 wrong usage, 3 rejected by the user, 4 expired, 130 interrupted.

Example:
  sigil dev            # in one terminal: prints variables to set
  sigil pair           # in another`;

/**
 * The command line: what can be typed, and what each command does; only the command that `argv` begins with, where it
 * begins with one. It throws where it would end the process.
 */
export async function createProgram(argv: readonly string[], run: Run, quiet: boolean): Promise<Command> {
  const { stdout, stderr } = run.io;
  const program = new Command("sigil")
    .description("Pairs Sigil appliances, has them sign, and emulates them on this machine.")
    .version(manifest.version)
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
  const [name = ""] = argv;
  const wanted = Object.hasOwn(commands, name) ? [commands[name]] : Object.values(commands);
  for (const add of await Promise.all(wanted.map((load) => load?.()))) add?.(program, run);
  return program;
}
