import { type Command, Option } from "commander";
import { addCommand, type Run } from "../command.js";
import type { DevFlags } from "../dev/runDev.js";
import { integer } from "../options/integer.js";
import { nonEmpty } from "../options/nonEmpty.js";

/** `sigil dev`: an emulator on a port of this machine, for as long as it is wanted. */
export function addDev(program: Command, run: Run): void {
  addCommand<DevFlags>(
    program,
    run,
    {
      name: "dev",
      summary: "start an emulator of octane and an appliance",
      example: 'sigil dev\nsigil dev --port 0 --exec "vitest run"\nsigil dev --data .sigil',
    },
    (command) =>
      command
        .option("--port <number>", "0 takes any free one", integer(0, 65_535), 8124)
        .option("--host <address>", "the address to listen on", nonEmpty, "127.0.0.1")
        .option(
          "--exec <command>",
          "run it with the SIGIL_ variables set, and end with its exit code",
          nonEmpty,
        )
        .addOption(
          new Option("--approval <who>", "who decides on the appliance")
            .choices(["auto", "manual"])
            .default("auto"),
        )
        .option("--rules <file>", "a JSON list of rules that decide before --approval does")
        .addOption(
          new Option("--seed <text>", "keys and ids come from this text: the same at each start").conflicts([
            "data",
            "import",
          ]),
        )
        .option("--data <dir>", "keep all state in this folder, and go on with what is there")
        .option("--import <file>", "begin with the state that --export wrote")
        .option("--export <file>", "write all state to this file at the end (mode 0600)")
        .option("--allow-production", "start although NODE_ENV is production"),
    // Loaded when it is wanted: the other commands start without an emulator.
    async (flags, tools) => (await import("../dev/runDev.js")).runDev(flags, tools),
  );
}
