import type { Command } from "commander";
import { addCommand, type Run, type Tools } from "../command.js";
import type { Report } from "../conformance/index.js";
import { CliError } from "../errors/CliError.js";
import { exitCodes } from "../exitCodes.js";
import {
  type OctaneFlags,
  octaneOf,
  type SeedFlag,
  seedOf,
  withOctane,
  withSeed,
} from "../options/octane.js";

type Flags = OctaneFlags &
  SeedFlag & {
    readonly octanePublicKey?: string;
    readonly secondApiKey?: string;
    readonly returnUrl?: string;
    readonly only?: readonly string[];
  };

/** `sigil conformance`: tries the lines of the protocol page against an octane. */
export function addConformance(program: Command, run: Run): void {
  addCommand<Flags>(
    program,
    run,
    {
      name: "conformance",
      summary: "try each line of the protocol page against an octane, with you as the appliance's owner",
      example: "sigil conformance --only sessions",
    },
    (command) =>
      withSeed(withOctane(command))
        .option(
          "--octane-public-key <key>",
          "octane's key, to verify its signatures (SIGIL_OCTANE_PUBLIC_KEY)",
        )
        .option("--second-api-key <key>", "of another SP, to try whose ids are seen (SIGIL_SECOND_API_KEY)")
        .option("--return-url <url>", "an https address whose origin is on the SP's list")
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

async function tried(flags: Flags, { io, report }: Tools): Promise<Report> {
  const octane = octaneOf(flags, io);
  const more = {
    octanePublicKey: flags.octanePublicKey || io.env.SIGIL_OCTANE_PUBLIC_KEY,
    secondApiKey: flags.secondApiKey || io.env.SIGIL_SECOND_API_KEY,
    returnUrl: flags.returnUrl,
    only: flags.only,
  };
  const given = Object.fromEntries(Object.entries(more).filter(([, value]) => value));
  const { octaneUrl, apiKey, signal, fetch } = octane;
  const { linkApprover, runConformance } = await load();
  try {
    return await runConformance({
      octaneUrl,
      apiKey,
      seed: seedOf(flags, io),
      approver: linkApprover({ print: report.say }),
      ...(signal ? { signal } : {}),
      ...(fetch ? { fetch } : {}),
      ...given,
    });
  } catch (error) {
    throw explain(error);
  }
}

/** What it throws are sentences of its own, without any secret. */
function explain(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof CliError) return error;
  const wrongOption = error instanceof TypeError;
  const next = wrongOption ? "Mend the option it names." : "sigil doctor looks further.";
  return new CliError(wrongOption ? "bad_option" : "not_octane", error.message, next, { cause: error });
}
