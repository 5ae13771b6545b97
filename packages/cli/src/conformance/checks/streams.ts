import { answered, describe, mediaType, refused } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import { isText, isTime } from "../forms.js";
import type { Json } from "../Json.js";
import type { Probe } from "../Probe.js";
import { decided } from "../pairings.js";
import { pause } from "../pause.js";
import { idleSession, madeSession, pairingPath, resultPath, unknownId } from "../requests.js";
import { all, holds, same, Untried, type Verdict } from "../Verdict.js";
import type { Watch } from "../Watch.js";

/** How long a stream is watched that nothing should happen on, in milliseconds. */
const quietMs = 200;
/** How late the end of a session may be told, in milliseconds. */
const lateMs = 10_000;

/** A stream is right if it is one of events. */
export function isStream(watch: Watch): Verdict {
  const answer = watch.answer();
  const type = mediaType(answer.headers);
  return all(answered(answer, 200), same("content type", "text/event-stream", type));
}

/** The one event of a path that is over, of the kind expected. */
export async function replayed(octane: Probe, path: string, kind: string): Promise<Verdict> {
  const watch = await octane.watch(path);
  const event = await watch.first(2_000);
  watch.close();
  return holds(
    event?.data.kind === kind,
    `${kind} at once from ${path}`,
    event?.data ?? describe(watch.answer()),
  );
}

function frameOf(watch: Watch): Json {
  return watch.events()[0]?.data ?? {};
}

/** Streams of sessions that come to nothing. */
export const streams: readonly Check[] = checksOf("Frames", [
  [
    "frames.waiting",
    "The result of a session that is open is a stream of events with no event yet.",
    async (octane) => {
      const watch = await octane.watch(resultPath(await idleSession(octane)));
      const event = await watch.first(quietMs);
      const ended = await watch.ends(0);
      watch.close();
      return all(isStream(watch), holds(event === undefined && !ended, "an open stream", event ?? "its end"));
    },
  ],
  [
    "frames.unknown-404",
    "Streams of what there is not are 404 not_found.",
    async (octane) => {
      const paths = [resultPath(unknownId), pairingPath(unknownId, "/events")];
      const answers = await Promise.all(paths.map((path) => octane.send("GET", path)));
      return all(...answers.map((answer) => refused(answer, 404, "not_found")));
    },
  ],
  [
    "frames.expired",
    "A session whose time is over gives pair_expired, with completed_at, to whoever waits.",
    async (octane) => {
      const data = frameOf((await expired(octane)).watch);
      return all(same("kind", "pair_expired", data.kind), isTime("completed_at", data.completed_at));
    },
  ],
  [
    "frames.expired-replay",
    "An expired session gives its frame to whoever asks again.",
    async (octane) => replayed(octane, resultPath((await expired(octane)).session_id), "pair_expired"),
  ],
  [
    "frames.rejected",
    "A session that the user declines gives pair_rejected, with reason and completed_at.",
    async (octane) => {
      const data = frameOf((await rejected(octane)).watch);
      if (data.kind === "pair_completed") throw new Untried("the pairing was approved, not rejected");
      return all(
        same("kind", "pair_rejected", data.kind),
        data.reason === "" ? same("reason", "", "") : isText("reason", data.reason),
        isTime("completed_at", data.completed_at),
      );
    },
  ],
  [
    "frames.rejected-replay",
    "A rejected session gives its frame to whoever asks again.",
    async (octane) => replayed(octane, resultPath((await rejected(octane)).session_id), "pair_rejected"),
  ],
]);

function expired(octane: Probe): Promise<{ session_id: string; watch: Watch }> {
  return octane.once("expired", async () => {
    const session_id = await madeSession(octane, { expires_in_secs: 1 });
    const watch = await octane.watch(resultPath(session_id));
    await (octane.settings.approver.elapse ?? pause)(1_000);
    await watch.first(lateMs);
    watch.close();
    return { session_id, watch };
  });
}

function rejected(octane: Probe): Promise<{ session_id: string; watch: Watch }> {
  return octane.once("rejected", () =>
    decided(octane, [{ chain: "ethereum", access: "read" }], undefined, "reject"),
  );
}
