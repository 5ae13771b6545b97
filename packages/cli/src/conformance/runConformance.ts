import { describe } from "./Answer.js";
import type { Check } from "./Check.js";
import { catalogue } from "./checks/index.js";
import { type ConformanceOptions, settingsOf } from "./options.js";
import { createProbe, type Probe } from "./Probe.js";
import { type CheckReport, checkReport, type Report, reportOf } from "./Report.js";
import { pairingPath, postSession } from "./requests.js";
import { Untried, type Verdict } from "./Verdict.js";
import { createWire, type Wire } from "./Wire.js";

/**
 * Tries every line of the protocol page against an octane, one after another, and says which hold. It makes pairings
 * and signatures of its own and revokes what it paired.
 *
 * @param options See {@link ConformanceOptions}.
 * @throws TypeError where an option is not what it says; Error where nothing answers there, or the API key is refused;
 *   the reason of `signal`.
 * @example
 * ```ts
 * const approver = linkApprover({ print: (text) => console.error(text) });
 * const report = await runConformance({ octaneUrl, apiKey, seed, approver });
 * console.log(reportText(report));
 * process.exitCode = report.broken === 0 ? 0 : 1;
 * ```
 */
export async function runConformance(options: ConformanceOptions): Promise<Report> {
  const { octaneUrl, apiKey, seed, secondApiKey = "", only, signal } = options;
  // Called through: the platform's fetch wants no other `this`.
  const fetch: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const settings = settingsOf(options);
  requireKnown(only);
  const octane = createProbe(settings, createWire({ octaneUrl, apiKey, fetch, signal }));
  await requireOctane(octane);
  const secrets = [apiKey, seed, secondApiKey].filter((secret) => secret !== "");
  const lines: CheckReport[] = [];
  try {
    for (const check of catalogue.filter(({ id }) => isAskedFor(id, only))) {
      lines.push(checkReport(check, await tryCheck(check, octane), secrets));
      signal?.throwIfAborted();
    }
  } finally {
    await settings.approver.done?.();
    // A wire of its own: the run's may have been ended.
    await revokeAll(octane, createWire({ octaneUrl, apiKey, fetch, signal: undefined }));
  }
  return reportOf(octaneUrl, lines);
}

async function revokeAll({ paired }: Probe, wire: Wire): Promise<void> {
  const paths = [...paired].map((pairId) => pairingPath(pairId));
  // Nothing more can be done about one that fails.
  await Promise.allSettled(paths.map((path) => wire.send("DELETE", path)));
}

function requireKnown(only: readonly string[] = []): void {
  const unknown = only.find((start) => !catalogue.some(({ id }) => id.startsWith(start)));
  if (unknown === undefined) return;
  const families = [...new Set(catalogue.map(({ id }) => id.replace(/\..*$/, "")))];
  throw new TypeError(
    `only: no check's id begins with "${unknown}"; they begin with ${families.join(", ")}.`,
  );
}

function isAskedFor(id: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((start) => id.startsWith(start));
}

/** What cannot even be asked says nothing about the protocol. */
async function requireOctane(octane: Probe): Promise<void> {
  const { octaneUrl } = octane.settings;
  const answer = await postSession(octane).catch((error: unknown) => {
    octane.settings.signal?.throwIfAborted();
    throw new Error(`No octane answers at ${octaneUrl}: check the URL, and that it is running.`, {
      cause: error,
    });
  });
  if (answer.status !== 401) return;
  throw new Error(`The octane at ${octaneUrl} refuses the API key (${describe(answer)}): check the key.`);
}

async function tryCheck(check: Check, octane: Probe): Promise<Verdict> {
  try {
    return await check.run(octane);
  } catch (error) {
    if (error instanceof Untried) return { untried: error.message };
    return { broken: { expected: "an answer that makes sense", came: reasonOf(error) } };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${reasonOf(error.cause)}`;
}
