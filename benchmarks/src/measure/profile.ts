import { Session } from "node:inspector/promises";
import { placeOf } from "./placeOf.js";

/** Microseconds of the main thread for each signature, by the place where they were spent. */
export type Profile = Readonly<Record<string, number>>;

const samplingMicros = 100;

/** Runs what is to be profiled, which says how many signatures it made, and looks every so often where it is. */
export async function profile(run: () => Promise<number>): Promise<Profile> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: samplingMicros });
  await session.post("Profiler.start");
  const signatures = await run();
  const { profile: taken } = await session.post("Profiler.stop");
  session.disconnect();
  const places = new Map(taken.nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  const spent: Record<string, number> = {};
  for (const [at, id] of (taken.samples ?? []).entries()) {
    const place = places.get(id);
    if (place === undefined) continue;
    spent[place] = (spent[place] ?? 0) + (taken.timeDeltas?.[at] ?? 0) / signatures;
  }
  return spent;
}
