import { type Check, checksOf } from "../Check.js";
import { isCount } from "../forms.js";
import { pairingPath } from "../requests.js";
import { all, same } from "../Verdict.js";
import { revoked } from "./revocation.js";
import { isStream, replayed } from "./streams.js";

/** How late a revocation may be told to a stream that is open, in milliseconds. */
const lateMs = 5_000;

/** What is told of the end of a pairing. */
export const revocationEvents: readonly Check[] = [
  ...checksOf("Pairing", [
    [
      "revoke.event-at-once",
      "The event stream of a revoked pairing gives its frame at once, to whoever asks.",
      async (octane) => {
        const { pair_id } = await revoked(octane);
        const path = pairingPath(pair_id, "/events");
        return all(
          await replayed(octane, path, "pair_revoked"),
          await replayed(octane, path, "pair_revoked"),
        );
      },
    ],
  ]),
  ...checksOf("Frames", [
    [
      "revoke.live-event",
      "A revocation is told to a stream that is open.",
      async (octane) => {
        const { watch } = await revoked(octane);
        return same("kind", "pair_revoked", (await watch.first(lateMs))?.data.kind);
      },
    ],
    [
      "revoke.event-stream",
      "/events is a stream of server-sent events whose event: repeats the kind.",
      async (octane) => {
        const { watch } = await revoked(octane);
        const event = await watch.first(lateMs);
        return all(isStream(watch), same("event:", "pair_revoked", event?.event));
      },
    ],
    [
      "revoke.event-fields",
      "pair_revoked has pair_id, and the revoked_at_ms of the DELETE, a number.",
      async (octane) => {
        const { watch, answer, pair_id } = await revoked(octane);
        const { data = {} } = (await watch.first(lateMs)) ?? {};
        return all(
          same("pair_id", pair_id, data.pair_id),
          isCount("revoked_at_ms", data.revoked_at_ms),
          same("revoked_at_ms", answer.body.revoked_at_ms ?? data.revoked_at_ms, data.revoked_at_ms),
        );
      },
    ],
  ]),
];
