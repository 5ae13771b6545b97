import { type Check, checksOf } from "../Check.js";
import { algoOfChain, isCount, isText, isTime, isUuid } from "../forms.js";
import { asObjects } from "../Json.js";
import { pairing, plans } from "../pairings.js";
import { resultPath } from "../requests.js";
import { all, holds, same } from "../Verdict.js";
import { isStream, replayed } from "./streams.js";

/** How long a stream may stay open after its frame before it counts as having given one only, in milliseconds. */
const lingerMs = 1_000;

/** The frame of a pairing that was approved. */
export const completed: readonly Check[] = [
  ...checksOf("Frames", [
    [
      "frames.content-type",
      "The result is a stream of server-sent events.",
      async (octane) => isStream((await pairing(octane, "main")).watch),
    ],
    [
      "frames.completed",
      "pair_completed names session and user as they were asked for, and says when.",
      async (octane) => {
        const { frame, session_id } = await pairing(octane, "main");
        return all(
          same("session_id", session_id, frame.session_id),
          same("sp_user_ref", "conformance", frame.sp_user_ref),
          isTime("completed_at", frame.completed_at),
        );
      },
    ],
    [
      "frames.bindings",
      "Each binding has chain, wallet_index and access, and none was not asked for.",
      async (octane) => {
        const { frame } = await pairing(octane, "main");
        const bindings = asObjects(frame.bindings);
        const asked = plans.main.scopes.map(({ chain, access }) => `${access} on ${chain}`);
        return all(
          holds(Array.isArray(frame.bindings), "bindings, a list", frame.bindings),
          ...bindings.flatMap((binding) => [
            holds(String(binding.chain) in algoOfChain, "chain, a chain's name", binding),
            isCount("wallet_index", binding.wallet_index),
            holds(
              asked.includes(`${binding.access} on ${binding.chain}`),
              `one of ${asked.join(", ")}`,
              binding,
            ),
          ]),
        );
      },
    ],
    [
      "frames.event-name",
      "event: repeats the kind.",
      async (octane) => {
        const [event] = (await pairing(octane, "main")).watch.events();
        return same("event:", "pair_completed", event?.event);
      },
    ],
    [
      "frames.one",
      "A session gives one frame.",
      async (octane) => {
        const { watch } = await pairing(octane, "main");
        await watch.ends(lingerMs);
        watch.close();
        return same("number of frames", 1, watch.events().length);
      },
    ],
    [
      "frames.completed-replay",
      "A session that is over gives its frame to whoever asks again.",
      async (octane) =>
        replayed(octane, resultPath((await pairing(octane, "main")).session_id), "pair_completed"),
    ],
    [
      "frames.replay-same",
      "The frame that is given again is the same.",
      async (octane) => {
        const { session_id, frame } = await pairing(octane, "main");
        const watch = await octane.watch(resultPath(session_id));
        const event = await watch.first(lingerMs);
        watch.close();
        // Whether it comes at all is the check before.
        return event === undefined ? same("frame", 1, 1) : same("frame", frame, event.data);
      },
    ],
  ]),
  ...checksOf("Pairing", [
    [
      "pairing.uuid",
      "pair_id is a UUID.",
      async (octane) => {
        const { pair_id } = await pairing(octane, "main");
        return all(isText("pair_id", pair_id), isUuid("pair_id", pair_id));
      },
    ],
  ]),
];
