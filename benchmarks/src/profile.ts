import { Mock } from "./measure/Mock.js";
import type { Profile } from "./measure/profile.js";
import { RowProcess } from "./measure/RowProcess.js";
import { readOptions } from "./options.js";
import { table } from "./report/markdown.js";
import { writeReport } from "./report/writeReport.js";
import { floorName, rowOf } from "./rows/rows.js";
import { say } from "./say.js";

/** The floor, and what has it beneath. */
const names = [floorName, "client.sign, secp256k1", "@sigil/viem", "@sigil/solana, kit"];

const fullMs = 5_000;
/** Below so many microseconds in every row a place goes with the others of no weight. */
const least = 2;

/** By row. */
type Profiles = Readonly<Record<string, Profile>>;

/** Where the main thread's time goes, for each signature: one at a time, and 64 at once. */
export async function profileRows(args: readonly string[]): Promise<void> {
  const { isFull, warmUp, ms: asked } = readOptions(args);
  const ms = isFull ? fullMs : asked;
  const mock = new Mock();
  const processes: RowProcess[] = [];
  const parts: string[] = [];
  try {
    for (const name of names) processes.push(await RowProcess.start(rowOf(name), mock));
    for (const each of processes) await each.warmUp(warmUp);
    for (const concurrency of [1, 64]) {
      say(`profiling ${names.length} rows, ${concurrency} at once`);
      const profiles: Record<string, Profile> = {};
      for (const each of processes) profiles[each.row.name] = await each.profile(concurrency, ms);
      parts.push(`### ${concurrency === 1 ? "One at a time" : `${concurrency} at once`}`, tableOf(profiles));
    }
  } finally {
    for (const each of processes) each.close();
    mock.close();
  }
  const report = [
    `Node ${process.version}, ${ms / 1_000} s for each row, µs for each signature.`,
    ...parts,
  ].join("\n\n");
  process.stdout.write(`${report}\n`);
  if (!isFull) return say("Nothing was written: figures are published with the usual settings only.");
  writeReport("profile", report);
}

/** What takes longest in any row comes first. */
function tableOf(profiles: Profiles): string {
  const places = new Set(Object.values(profiles).flatMap((each) => Object.keys(each)));
  const most = (place: string): number =>
    Math.max(...Object.values(profiles).map((each) => each[place] ?? 0));
  const shown = [...places].filter((place) => most(place) >= least).sort((a, b) => most(b) - most(a));
  const line = (title: string, of: (each: Profile) => number): string[] => [
    title,
    ...names.map((name) => of(profiles[name] ?? {}).toFixed(0)),
  ];
  const sum = (each: Profile, of: (place: string) => boolean): number =>
    Object.entries(each).reduce((all, [place, micros]) => (of(place) ? all + micros : all), 0);
  return table(
    ["place", ...names],
    [
      ...shown.map((place) => line(place, (each) => each[place] ?? 0)),
      line("all other places", (each) => sum(each, (place) => !shown.includes(place))),
      line("**all**", (each) => sum(each, () => true)),
    ],
  );
}
