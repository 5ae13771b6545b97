import { ConfigError } from "@sigil/astrotrain";
import {
  awaitPairResult,
  buildPairUri,
  createPairSession,
  getEnabledWallets,
  mintValidationCode,
  type PairCompleted,
  type PairingOptions,
  type PairSession,
  type RequestedScope,
  validateSpKey,
} from "@sigil/astrotrain/pairing";
import type { Command } from "commander";
import { addCommand, type Run, type Tools } from "../command.js";
import { CliError } from "../errors/CliError.js";
import { exitCodes } from "../exitCodes.js";
import { integer } from "../options/integer.js";
import { type OctaneFlags, octaneOf, withOctane } from "../options/octane.js";
import { minutesLeft, startCountdown } from "../output/countdown.js";
import { qrLines } from "../output/qr.js";
import { walletLines } from "./wallets.js";

type Flags = OctaneFlags & {
  readonly chain: readonly string[];
  readonly access: readonly RequestedScope["access"][];
  readonly user: string;
  readonly expiresIn: number;
  readonly returnUrl?: string;
};

/** `sigil pair`: shows a code and a link, waits for the user, and validates. */
export function addPair(program: Command, run: Run): void {
  addCommand<Flags>(
    program,
    run,
    {
      name: "pair",
      summary: "pair with a user's appliance: QR code, link and code, then wait",
      example: "sigil pair --chain ethereum solana --access sign",
    },
    (command) =>
      withOctane(command)
        .option("--chain <names...>", "the chains to ask for", ["ethereum"])
        .option("--access <kinds...>", "what to ask for on each: sign, read", ["sign"])
        .option("--user <ref>", "your name for the user, shown on the phone", "sigil-cli")
        .option("--expires-in <seconds>", "how long the user has, 1 to 600", integer(1, 600), 300)
        .option("--return-url <url>", "where the phone goes afterwards: https, on the SP's allow-list"),
    pair,
  );
}

async function pair(flags: Flags, tools: Tools): Promise<number> {
  const octane = octaneOf(flags, tools.io);
  const code = mintValidationCode();
  const session = await createPairSession({
    ...octane,
    spUserRef: flags.user,
    requestedScopes: flags.chain.flatMap((chain) => flags.access.map((access) => ({ chain, access }))),
    expiresInSecs: flags.expiresIn,
    returnUrl: flags.returnUrl,
  });
  try {
    return await finish(octane, session, code, tools);
  } catch (error) {
    throw asOctanes(error);
  }
}

async function finish(
  octane: PairingOptions,
  session: PairSession,
  code: string,
  tools: Tools,
): Promise<number> {
  show(session, code, tools);
  const completed = await waitForUser(octane, session, tools);
  const pairId = completed.pair_id;
  await validateSpKey({ ...octane, pairId, code });
  const { entries } = await getEnabledWallets({ ...octane, pairId });
  const { green } = tools.report.paint;
  tools.report.result({ pairId, sessionId: session.session_id, bindings: completed.bindings, entries }, [
    green("Paired, and the code was right."),
    "",
    `SIGIL_PAIR_ID=${pairId}`,
    "",
    ...walletLines(entries),
  ]);
  return exitCodes.ok;
}

/** The ids are octane's from here on, so nothing that was typed is wrong with them. */
function asOctanes(error: unknown): unknown {
  if (!(error instanceof ConfigError && ["sessionId", "pairId"].includes(error.field))) return error;
  const wrong = error.message.replace(/^sessionId|^pairId/, (id) => id.replace("Id", "_id"));
  const next = "Check the URL: what answers there does not keep to octane's protocol.";
  return new CliError("not_octane", `What octane answered is wrong: ${wrong}`, next, {
    cause: error,
  });
}

/** The QR code carries no code, so that the user compares what they type; the link, for the phone itself, does. */
function show({ session_id: sessionId }: PairSession, code: string, { io, report }: Tools): void {
  const { bold } = report.paint;
  const qr = qrLines(buildPairUri({ sessionId, scheme: "sigil" }), report.talk, io.env);
  report.say(...qr);
  report.say(
    qr.length > 0
      ? "Scan it with the Sigil app, or open the link on the phone:"
      : "Open the link on the phone that has the Sigil app:",
    `  ${buildPairUri({ sessionId, scheme: "https", validationCode: code })}`,
    `The app asks for this code: ${bold(code)}`,
  );
}

async function waitForUser(
  octane: PairingOptions,
  { session_id: sessionId, expires_at }: PairSession,
  { report }: Tools,
): Promise<PairCompleted> {
  const deadline = Date.parse(expires_at);
  if (report.talk.isTTY !== true)
    report.say(`Waiting for the user, ${minutesLeft(deadline, Date.now())} at most.`);
  const stop = startCountdown(report.talk, "Waiting for the user:", deadline);
  try {
    return await awaitPairResult({ ...octane, sessionId });
  } finally {
    stop();
  }
}
