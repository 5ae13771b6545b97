import type { Command } from "commander";
import { addCommand, type Run, type Tools } from "../command.js";
import { askOctane } from "../doctor/askOctane.js";
import { type Check, failed, skipped } from "../doctor/Check.js";
import { checkNode, checkPublished, checkSeed } from "../doctor/localChecks.js";
import { remoteChecks } from "../doctor/remoteChecks.js";
import { docsUrl } from "../errors/docsUrl.js";
import { exitCodes } from "../exitCodes.js";
import { manifest } from "../manifest.js";
import {
  type OctaneFlags,
  octaneOf,
  type PairFlag,
  type SeedFlag,
  withOctane,
  withPairId,
  withSeed,
} from "../options/octane.js";
import { columns } from "../output/columns.js";

type Flags = OctaneFlags & SeedFlag & PairFlag;

/** `sigil doctor`: whether what is set up here can work, and what to do where it cannot. */
export function addDoctor(program: Command, run: Run): void {
  addCommand<Flags>(
    program,
    run,
    {
      name: "doctor",
      summary: "check the environment: URL, key, seed, clock, Node",
      example: "sigil doctor\nnode --env-file=.env $(which sigil) doctor --json",
    },
    (command) => withPairId(withSeed(withOctane(command))),
    doctor,
  );
}

async function doctor(flags: Flags, tools: Tools): Promise<number> {
  const { env } = tools.io;
  const seed = flags.seed ?? env.SIGIL_SP_SEED ?? "";
  const apiKey = flags.apiKey ?? env.SIGIL_API_KEY ?? "";
  const checks = [
    checkNode(),
    ...(await askChecks(flags, tools)),
    checkSeed(seed),
    checkPublished(env, [apiKey, seed]),
  ];
  const healthy = checks.every(({ status }) => status !== "failed");
  tools.report.result({ ok: healthy, checks: checks.map(documentOf) }, lines(checks, tools));
  return healthy ? exitCodes.ok : exitCodes.failure;
}

async function askChecks(flags: Flags, { io, given }: Tools): Promise<readonly Check[]> {
  const url = flags.octaneUrl ?? io.env.SIGIL_OCTANE_URL ?? "";
  const key = flags.apiKey ?? io.env.SIGIL_API_KEY ?? "";
  const pairId = flags.pairId ?? io.env.SIGIL_PAIR_ID ?? "";
  if (url !== "" && key !== "") {
    const asked = await askOctane(octaneOf(flags, io), pairId === "" ? undefined : pairId);
    return remoteChecks(asked, pairId, given);
  }
  const first = "SIGIL_OCTANE_URL and SIGIL_API_KEY have to be set first";
  const next = "Set it: sigil dev prints one for the emulator.";
  const missing = (name: string, variable: string, value: string): Check =>
    value === "" ? failed(name, "missing_option", `${variable} is not set`, next) : skipped(name, first);
  return [
    missing("octane", "SIGIL_OCTANE_URL", url),
    missing("api key", "SIGIL_API_KEY", key),
    skipped("clock", first),
    skipped("pair", first),
  ];
}

const base = docsUrl(manifest.homepage);

/** A path would lead nowhere from where a program runs. */
function documentOf({ docs, ...check }: Check): object {
  return base === undefined || docs === undefined ? check : { ...check, docs: `${base}${docs}` };
}

function lines(checks: readonly Check[], { report }: Tools): readonly string[] {
  const { green, red, dim } = report.paint;
  const paints = { ok: green, failed: red, skipped: dim };
  const rows = columns(
    checks.map(({ status, name, detail }) => [status, name, detail]),
    "",
  );
  return checks.flatMap(({ status, next, code, docs = "" }, i) => {
    const row = paints[status](rows[i] ?? "");
    return next === undefined
      ? [row]
      : [row, `         ${next} ${dim(`(${code}, see ${base ?? ""}${docs})`)}`];
  });
}
