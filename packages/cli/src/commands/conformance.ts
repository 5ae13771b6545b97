import type { Command } from "commander";
import { addCommand, type Run, type Tools } from "../command.js";
import type { Report } from "../conformance/index.js";
import { CliError } from "../errors/CliError.js";
import { exitCodes } from "../exitCodes.js";
import { integer } from "../options/integer.js";
import { type Given, inOwnNames } from "../options/names.js";
import {
  type OctaneFlags,
  octaneOf,
  type PairFlag,
  type SeedFlag,
  seedOf,
  withOctane,
  withSeed,
} from "../options/octane.js";

type Flags = OctaneFlags &
  SeedFlag &
  PairFlag & {
    readonly octanePublicKey?: string;
    readonly secondApiKey?: string;
    readonly returnUrl?: string;
    readonly only?: readonly string[];
    readonly wait: number;
    readonly control?: string | true;
  };

/** `sigil conformance`: tries the lines of the protocol page against an octane. */
export function addConformance(program: Command, run: Run): void {
  addCommand<Flags>(
    program,
    run,
    {
      name: "conformance",
      summary: "try each line of the protocol page against an octane, with you as the appliance's owner",
      example: "sigil conformance\nsigil conformance --control --only session. order.",
    },
    (command) =>
      withSeed(withOctane(command))
        .option(
          "--octane-public-key <key>",
          "octane's key, to verify its signatures (SIGIL_OCTANE_PUBLIC_KEY)",
        )
        .option("--second-api-key <key>", "of another SP, to try whose ids are seen (SIGIL_SECOND_API_KEY)")
        .option("--return-url <url>", "an https address whose origin is on the SP's list")
        .option("--pair-id <id>", "an active pair to sign with; default: a new one")
        .option("--wait <seconds>", "how long to wait for the owner each time", integer(1, 3_600), 120)
        .option("--control [token]", "of an emulator, which then needs no owner (SIGIL_CONTROL_TOKEN)")
        .option("--only <ids...>", "only checks whose id begins so"),
    conformance,
  );
}

/** Loaded when it is wanted: it is larger than all the rest. */
const load = (): Promise<typeof import("../conformance/index.js")> => import("../conformance/index.js");

async function conformance(flags: Flags, tools: Tools): Promise<number> {
  const { reportText } = await load();
  const report = await tried(flags, tools);
  tools.report.result(report, [reportText(report)]);
  return report.broken === 0 ? exitCodes.ok : exitCodes.failure;
}

async function tried(flags: Flags, { io, report, given }: Tools): Promise<Report> {
  const octane = octaneOf(flags, io);
  const more = {
    octanePublicKey: flags.octanePublicKey || io.env.SIGIL_OCTANE_PUBLIC_KEY,
    secondApiKey: flags.secondApiKey || io.env.SIGIL_SECOND_API_KEY,
    returnUrl: flags.returnUrl,
    pairId: flags.pairId,
    only: flags.only,
  };
  const wanted = Object.fromEntries(Object.entries(more).filter(([, value]) => value));
  const { octaneUrl, apiKey, signal, fetch } = octane;
  const control = controlToken(flags, io);
  const { emulated, linkApprover, runConformance } = await load();
  try {
    return await runConformance({
      octaneUrl,
      apiKey,
      seed: seedOf(flags, io),
      waitMs: flags.wait * 1_000,
      approver: linkApprover({ print: report.say }),
      ...(signal ? { signal } : {}),
      ...(fetch ? { fetch } : {}),
      ...(control === undefined ? {} : await emulated({ ...octane, controlToken: control })),
      ...wanted,
    });
  } catch (error) {
    throw explain(error, given);
  }
}

/** Never from the variable alone: the token is no business of another octane's. */
function controlToken({ control }: Flags, { env }: Tools["io"]): string | undefined {
  if (control !== true) return control;
  const token = env.SIGIL_CONTROL_TOKEN ?? "";
  if (token !== "") return token;
  throw new CliError(
    "missing_option",
    "--control has no token.",
    "Pass it, or set SIGIL_CONTROL_TOKEN: sigil dev prints it.",
  );
}

/** What it throws are sentences of its own, without any secret. */
function explain(error: unknown, given: Given): unknown {
  if (!(error instanceof Error) || error instanceof CliError) return error;
  const wrongOption = error instanceof TypeError;
  const next = wrongOption
    ? "Mend the option it names."
    : "Check the URL, the key and, with --control, the token: sigil doctor tries the first two.";
  const what = inOwnNames(error.message, given);
  return new CliError(wrongOption ? "bad_option" : "not_octane", what, next, { cause: error });
}
