import { createEmulator, type Emulator, type EmulatorOptions } from "@sigil/emulator";
import type { Listening } from "@sigil/emulator/node";
import { type Command, Option } from "commander";
import { addCommand, type Run, type Tools } from "../command.js";
import { banner, type DevServer, envOf } from "../dev/banner.js";
import { listenOrExplain } from "../dev/listenOrExplain.js";
import { readRules } from "../dev/readRules.js";
import { refuseProduction } from "../dev/refuseProduction.js";
import { runChild } from "../dev/runChild.js";
import { scanTypedLinks } from "../dev/scanTypedLinks.js";
import { signalExitCode } from "../exitCodes.js";
import { interrupted } from "../interrupted.js";
import { integer } from "../options/integer.js";

type Flags = {
  readonly port: number;
  readonly host: string;
  readonly exec?: string;
  readonly approval: "auto" | "manual";
  readonly rules?: string;
  readonly seed?: string;
  readonly allowProduction?: boolean;
};

/** `sigil dev`: an emulator on a port of this machine, for as long as it is wanted. */
export function addDev(program: Command, run: Run): void {
  addCommand<Flags>(
    program,
    run,
    {
      name: "dev",
      summary: "start an emulator of octane and an appliance",
      example: 'sigil dev\nsigil dev --port 0 --exec "vitest run"',
    },
    (command) =>
      command
        .option("--port <number>", "0 takes any free one", integer(0, 65_535), 8124)
        .option("--host <address>", "the address to listen on", "127.0.0.1")
        .option("--exec <command>", "run it with the SIGIL_ variables set, and end with its exit code")
        .addOption(
          new Option("--approval <who>", "who decides on the appliance")
            .choices(["auto", "manual"])
            .default("auto"),
        )
        .option("--rules <file>", "a JSON list of rules that decide before --approval does")
        .option("--seed <text>", "keys and ids come from this text: the same at each start")
        .option("--allow-production", "start although NODE_ENV is production"),
    dev,
  );
}

async function dev(flags: Flags, tools: Tools): Promise<number> {
  const { io } = tools;
  refuseProduction(io.env, flags.allowProduction === true);
  const emulator = createEmulator(emulatorOptions(flags));
  if (flags.rules !== undefined) readRules(flags.rules, emulator.rules);
  const listening = await listenOrExplain(emulator, flags.port, flags.host);
  const { apiKey, privateKeySeed, octanePublicKey } = emulator.sp;
  const server = { octaneUrl: listening.url, apiKey, seed: privateKeySeed, octanePublicKey };
  try {
    return flags.exec === undefined
      ? await serve(server, emulator, tools)
      : await runIn(server, flags.exec, tools);
  } finally {
    await stop(listening);
  }
}

function emulatorOptions({ approval, seed }: Flags): EmulatorOptions {
  // People who wait for a session look at a clock that runs, also where all else comes from a seed.
  return { approval, ...(seed === undefined ? {} : { seed, now: () => Date.now() }) };
}

const documentOf = (server: DevServer): object => ({ emulator: true, ...server, env: envOf(server) });

async function serve(server: DevServer, emulator: Emulator, { io, report }: Tools): Promise<number> {
  report.result(documentOf(server), banner(server, report.paint));
  if (io.stdin?.isTTY === true) report.say("Paste a pairing link here, and the appliance opens it.");
  const stop = scanTypedLinks(io.stdin, emulator, report);
  try {
    return signalExitCode(await interrupted(io.signal));
  } finally {
    stop();
  }
}

/** The child has stdout for itself, or under `--json` the document has. */
async function runIn(server: DevServer, command: string, { io, report }: Tools): Promise<number> {
  io.stderr.write(`EMULATOR on ${server.octaneUrl}, for: ${command}\n`);
  const exitCode = await runChild(command, envOf(server), io, report.json ? io.stderr : io.stdout);
  report.result({ ...documentOf(server), exec: { command, exitCode } }, []);
  return exitCode;
}

const stop = ({ close }: Listening): Promise<void> => close();
