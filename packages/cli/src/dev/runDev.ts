import { createEmulator, type Emulator, type EmulatorOptions } from "@sigil/emulator";
import type { Tools } from "../command.js";
import { signalExitCode } from "../exitCodes.js";
import { interrupted } from "../interrupted.js";
import { banner, type DevServer, envOf } from "./banner.js";
import { type Kept, type KeptFlags, openKept } from "./kept.js";
import { listenOrExplain } from "./listenOrExplain.js";
import { readRules } from "./readRules.js";
import { refuseProduction } from "./refuseProduction.js";
import { runChild } from "./runChild.js";
import { scanTypedLinks } from "./scanTypedLinks.js";

/** What is typed behind `sigil dev`. */
export type DevFlags = {
  readonly port: number;
  readonly host: string;
  readonly exec?: string;
  readonly approval: "auto" | "manual";
  readonly rules?: string;
  readonly seed?: string;
  readonly allowProduction?: boolean;
} & KeptFlags;

/** Runs an emulator until it is interrupted, or until the command of `--exec` has ended. */
export async function runDev(flags: DevFlags, tools: Tools): Promise<number> {
  refuseProduction(tools.io.env, flags.allowProduction === true);
  const kept = await openKept(flags);
  try {
    const exitCode = await run(flags, tools, kept);
    await kept?.leave();
    return exitCode;
  } finally {
    await kept?.close();
  }
}

async function run(flags: DevFlags, tools: Tools, kept: Kept | undefined): Promise<number> {
  const emulator = createEmulator({
    ...emulatorOptions(flags),
    ...(kept === undefined ? {} : { journal: kept.journal }),
  });
  if (flags.rules !== undefined) {
    // Those that are kept were read from such a file, too.
    emulator.rules.clear();
    readRules(flags.rules, emulator.rules);
  }
  // What is printed is in storage: whoever copies the variables has them for good.
  await emulator.settled();
  const listening = await listenOrExplain(emulator, flags.port, flags.host);
  const { apiKey, privateKeySeed, octanePublicKey } = emulator.sp;
  const { url: octaneUrl, controlToken } = listening;
  const page = `${octaneUrl}/?token=${encodeURIComponent(controlToken)}`;
  const { data } = flags;
  const server = { octaneUrl, page, apiKey, seed: privateKeySeed, octanePublicKey, controlToken, data };
  try {
    return flags.exec === undefined
      ? await serve(server, emulator, tools)
      : await runIn(server, flags.exec, tools);
  } finally {
    await listening.close();
  }
}

function emulatorOptions({ approval, seed }: DevFlags): EmulatorOptions {
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
