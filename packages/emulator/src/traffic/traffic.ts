import { rfc3339 } from "../clock/moment.js";
import type { Emit } from "../events/events.js";
import type { Delivery } from "../faults/Delivery.js";
import { readBody } from "../octane/readBody.js";
import type { Exchange } from "./Exchange.js";
import { type Recording, type Seen, startRecording } from "./record.js";
import { transcriptOf } from "./transcript.js";

/**
 * Each request and its answer, as they were on the wire, faults and all. Secrets are masked.
 *
 * @example
 * ```ts
 * console.log(emulator.traffic.list().at(-1)?.request.headers.authorization); // "Bearer …x3Fq"
 * ```
 */
export type Traffic = {
  /** The last 500 exchanges, oldest first. */
  readonly list: () => readonly Exchange[];
  /** The same as text without what differs from run to run by itself: with a `seed`, the same run has the same one. */
  readonly transcript: () => string;
};

/** The record as the emulator keeps it. */
export type RecordedTraffic = Traffic & {
  /** Records one exchange: `run` is told whom to tell. */
  readonly record: (
    request: Request,
    signal: AbortSignal | undefined,
    run: (seen: Seen) => Promise<Response | Delivery>,
  ) => Promise<Response | Delivery>;
  readonly clear: () => void;
};

const mostKept = 500;

/** Makes an empty record. */
export function createTraffic(now: () => number, emit: Emit): RecordedTraffic {
  let kept: Recording[] = [];
  let last = 0;
  const begin = (request: Request): Recording => {
    last += 1;
    const id = last;
    const told = (open: boolean): void => {
      const sp = recording.sp();
      const ids = { exchange_id: id, ...(sp === undefined ? {} : { sp_id: sp }) };
      emit("traffic", open ? { ...ids, outcome: "open" } : ids);
    };
    const recording = startRecording(id, rfc3339(now()), request, told);
    kept.push(recording);
    // Cut in one go now and then: shifting each time would move all of them.
    if (kept.length >= 2 * mostKept) kept = kept.slice(-mostKept);
    told(true);
    return recording;
  };
  const list = (): Exchange[] => kept.slice(-mostKept).map((recording) => recording.show());
  return {
    list,
    transcript: () => transcriptOf(list()),
    record: async (request, signal, run) => {
      const recording = begin(request);
      try {
        const answer = await run(recording);
        await readRest(request, signal, recording);
        // What octane says to somebody who has hung up is no answer: nothing is sent.
        if (signal?.aborted !== true) return recording.follow(answer);
        recording.end("aborted");
        return answer;
      } catch (error) {
        recording.end(signal?.aborted === true ? "aborted" : "failed");
        throw error;
      }
    },
    clear: () => {
      kept = [];
      last = 0;
    },
  };
}

/** Reads a body that was refused, or struck by a fault, before anybody read it: no further than octane would. */
async function readRest(request: Request, signal: AbortSignal | undefined, { read }: Seen): Promise<void> {
  // The server's own Request is made anew where it is asked for its body: not for those that have none.
  if (["GET", "HEAD"].includes(request.method) || request.bodyUsed || request.body?.locked === true) return;
  // What breaks off or is too long is recorded as far as it came.
  await readBody(request, signal, read).catch(() => {});
}
