import { TransportError } from "../src/errors/TransportError.js";
import { framesOf, type Resumption } from "../src/transport/frames.js";

/** All that a stream has to say: what was handed out, with the id that would be asked from then, and how it ended. */
export type Outcome = {
  readonly frames: readonly (readonly [frame: unknown, lastEventId: string | undefined])[];
  readonly retryMs: number | undefined;
  /** `end`, or the kind of the error. */
  readonly end: string;
};

/** Reads a stream that arrives in these pieces and then ends; or stays open, and is left when nothing more comes. */
export async function readStream(
  pieces: readonly Uint8Array[],
  then: "end" | "open" = "end",
): Promise<Outcome> {
  const frames: Outcome["frames"][number][] = [];
  const resumption: Resumption = {};
  let end = "end";
  try {
    for await (const frame of framesOf(inPieces(pieces, then), attempt, resumption))
      frames.push([frame, resumption.lastEventId]);
  } catch (error) {
    end = endOf(error);
  }
  // After an event that ends it all, nobody asks again.
  return { frames, retryMs: end === "end" ? resumption.retryMs : undefined, end };
}

const attempt = { signal: new AbortController().signal };
const nothingMore = new Error("the test has seen enough");

function endOf(error: unknown): string {
  if (!(error instanceof TransportError)) throw error;
  const { details } = error;
  return details.kind === "network" && details.cause === nothingMore ? "end" : details.kind;
}

/** As much of a Response as is read of it: a real one would take most of the time of a million streams. */
function inPieces(pieces: readonly Uint8Array[], then: "end" | "open"): Response {
  let at = 0;
  const read = async () => {
    if (then === "open" && at >= pieces.length) throw nothingMore;
    return { done: at >= pieces.length, value: pieces[at++] };
  };
  return { body: { getReader: () => ({ read, cancel: async () => {} }) } } as unknown as Response;
}

/** The bytes, cut at these places. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places, bytes.length];
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}
