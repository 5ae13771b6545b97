import type { Command } from "commander";
import type { Io } from "./io.js";
import type { Given } from "./options/names.js";
import { createReport, type Report } from "./output/report.js";

/** What all commands of one run share. */
export type Run = {
  readonly io: Io;
  readonly given: Given;
  /** What the process ends with, as the command decided. */
  exitCode: number;
};

/** What a command is given, beside what was typed. */
export type Tools = { readonly io: Io; readonly report: Report; readonly given: Given };

type Action<Flags, Argument> = (flags: Flags, tools: Tools, argument: Argument) => Promise<number>;

/** How a command describes itself. */
export type Described = {
  readonly name: string;
  readonly summary: string;
  /** What is printed below its options. */
  readonly example: string;
};

/** Adds a command with what all have: `--json`, an example in its help, and an exit code that it returns. */
export function addCommand<Flags, Argument = undefined>(
  program: Command,
  run: Run,
  { name, summary, example }: Described,
  setUp: (command: Command) => Command,
  action: Action<Flags, Argument>,
): void {
  const command = setUp(program.command(name).description(summary))
    .option("--json", "print one JSON document on stdout, errors too")
    .addHelpText("after", `\nExample:\n  ${example.replaceAll("\n", "\n  ")}`);
  command.action(async () => {
    const flags = command.opts<Flags & { readonly json?: boolean }>();
    const report = createReport(run.io, flags.json === true);
    // Checked by its own choices where there is one.
    const [argument] = command.processedArgs as [Argument];
    run.exitCode = await action(flags, { io: run.io, report, given: run.given }, argument);
  });
}
