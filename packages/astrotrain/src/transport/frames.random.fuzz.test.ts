import { figure, rounds } from "@sigil/testing/promises";
import { seededRandom } from "@sigil/testing/seededRandom";
import { createParser } from "eventsource-parser";
import { expect, test } from "vitest";
import { randomPlaces, randomStream } from "../../test/randomStream.js";
import { cutAt, type Outcome, readStream } from "../../test/readStream.js";

/** Another run of the same streams: `SIGIL_SEED=123 pnpm test -t R32`. */
const seed = Number(process.env.SIGIL_SEED ?? Date.now() % 2 ** 32);

test("R32: random streams mean what eventsource-parser alone makes of their whole text", async () => {
  const streams = rounds(100_000, 1_000_000);
  const seen = { frames: 0, malformed: 0, differences: 0 };
  for (let i = 0; i < streams; i++) {
    // One seed for each stream, so that one that differs can be had without those before it.
    const random = seededRandom((seed + i) | 0);
    const bytes = randomStream(random);
    const places = randomPlaces(random, bytes.length);
    const outcome = await readStream(cutAt(bytes, places));
    const expected = straight(bytes);
    seen.frames += expected.frames.length;
    if (expected.end !== "end") seen.malformed++;
    if (JSON.stringify(outcome) === JSON.stringify(expected)) continue;
    seen.differences++;
    expect.soft({ seed: seed + i, places, ...outcome }).toEqual({ seed: seed + i, places, ...expected });
  }
  expect(seen.differences).toBe(0);
  // They are worth something only if most of them get somewhere.
  expect(seen.frames).toBeGreaterThan(streams);
  expect(seen.malformed / streams).toBeLessThan(0.5);
  expect(seen.malformed).toBeGreaterThan(streams / 100);
  figure(
    "R32",
    `${streams} streams with ${seen.frames} frames, ${seen.malformed} of them malformed, ${seen.differences} differences (SIGIL_SEED=${seed})`,
  );
}, 3_600_000);

/** The whole text at once, through the parser and nothing else. */
function straight(bytes: Uint8Array): Outcome {
  const text = new TextDecoder().decode(bytes);
  const frames: Outcome["frames"][number][] = [];
  let lastEventId: string | undefined;
  let retryMs: number | undefined;
  let end = "end";
  const parser = createParser({
    onEvent: ({ data, id }) => {
      if (end !== "end") return;
      const frame = frameIn(data);
      if (frame === undefined) {
        end = "malformed_sse_frame";
        return;
      }
      if (id !== undefined && /^[!-~]*$/.test(id)) lastEventId = id;
      frames.push([frame, lastEventId]);
    },
    onRetry: (ms) => {
      retryMs = Math.max(250, Math.min(60_000, ms));
    },
  });
  // A CR at the end waits for an LF that may follow; nothing does.
  parser.feed(text.endsWith("\r") ? `${text}\n` : text);
  return { frames, retryMs: end === "end" ? retryMs : undefined, end };
}

function frameIn(data: string): unknown {
  try {
    const frame = JSON.parse(data);
    return typeof frame?.kind === "string" ? frame : undefined;
  } catch {
    return undefined;
  }
}
