import { createEmulator, type Emulator, type EmulatorOptions, type Rule } from "@sigil/emulator";
import type { Tools } from "../command.js";
import { signalExitCode } from "../exitCodes.js";
import { interrupted } from "../interrupted.js";
import { banner, type Deciding, type DevServer, decidingLines, envOf } from "./banner.js";
import type { Kept, KeptFlags } from "./kept.js";
import { listenOrExplain, requirePort } from "./listenOrExplain.js";
import { readRules, startWith } from "./readRules.js";
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
  const rules = flags.rules === undefined ? undefined : readRules(flags.rules);
  // A state is taken in once only: whoever mends what was wrong runs the same command again.
  if (flags.import !== undefined) await requirePort(flags.port, flags.host);
  const kept = await keptOf(flags);
  try {
    const exitCode = await run(flags, tools, kept, rules);
    await kept?.leave();
    return exitCode;
  } finally {
    await kept?.close();
  }
}

/** Without a flag for it no storage is loaded. */
async function keptOf(flags: DevFlags): Promise<Kept | undefined> {
  if (flags.data === undefined && flags.import === undefined && flags.export === undefined) return undefined;
  return (await import("./kept.js")).openKept(flags);
}

async function run(
  flags: DevFlags,
  tools: Tools,
  kept: Kept | undefined,
  rules: readonly Rule[] | undefined,
): Promise<number> {
  const emulator = createEmulator({
    ...emulatorOptions(flags),
    ...(kept === undefined ? {} : { journal: kept.journal }),
  });
  if (rules !== undefined) startWith(rules, emulator);
  // What is printed is in storage: whoever copies the variables has them for good.
  await emulator.settled();
  const listening = await listenOrExplain(emulator, flags.port, flags.host);
  const { apiKey, privateKeySeed, octanePublicKey } = emulator.sp;
  const { url: octaneUrl, controlToken } = listening;
  const page = `${octaneUrl}/?token=${encodeURIComponent(controlToken)}`;
  const { data, approval } = flags;
  const rulesFrom = flags.rules ?? flags.import ?? data;
  const deciding = { approval, rules: emulator.rules.list().length, rulesFrom };
  const server = { octaneUrl, page, apiKey, seed: privateKeySeed, octanePublicKey, controlToken, data };
  try {
    return flags.exec === undefined
      ? await serve(server, deciding, emulator, tools)
      : await runIn(server, deciding, flags.exec, tools);
  } finally {
    await listening.close();
  }
}

function emulatorOptions({ approval, seed }: DevFlags): EmulatorOptions {
  // People who wait for a session look at a clock that runs, also where all else comes from a seed.
  return { approval, ...(seed === undefined ? {} : { seed, now: () => Date.now() }) };
}

const documentOf = (server: DevServer): object => ({ emulator: true, ...server, env: envOf(server) });

async function serve(
  server: DevServer,
  deciding: Deciding,
  emulator: Emulator,
  { io, report }: Tools,
): Promise<number> {
  report.result(documentOf(server), banner(server, deciding, report.paint));
  if (io.stdin?.isTTY === true) report.say("Paste a pairing link here, and the appliance opens it.");
  const stop = scanTypedLinks(io.stdin, emulator, report);
  try {
    return signalExitCode(await interrupted(io.signal));
  } finally {
    stop();
  }
}

/** The child has stdout for itself, or under `--json` the document has. */
async function runIn(
  server: DevServer,
  deciding: Deciding,
  command: string,
  { io, report }: Tools,
): Promise<number> {
  io.stderr.write(`EMULATOR on ${server.octaneUrl}, its page on ${server.page}, for: ${command}\n`);
  for (const line of decidingLines(deciding)) io.stderr.write(`${line}\n`);
  const exitCode = await runChild(command, envOf(server), io, report.json ? io.stderr : io.stdout);
  report.result({ ...documentOf(server), exec: { command, exitCode } }, []);
  return exitCode;
}
