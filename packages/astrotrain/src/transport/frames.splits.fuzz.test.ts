import { figure, rounds } from "@sigil/testing/promises";
import { seededRandom } from "@sigil/testing/seededRandom";
import { describe, expect, test } from "vitest";
import { cutAt, type Outcome, readStream } from "../../test/readStream.js";
import { type Expected, sseVectors } from "../../test/sseVectors.js";

/** Two cuts of 256 bytes are more than all the others together: of those this share is tried. */
const shareOfTwoCuts = rounds(100) / 100;

const counts = { runs: 0, differences: 0 };

describe("R31: vectors, however they are cut", () => {
  test.for(sseVectors)("R31: %s", { timeout: 60_000 }, async ([title, stream, expected]) => {
    const bytes = typeof stream === "string" ? new TextEncoder().encode(stream) : stream;
    expect(bytes.length).toBeLessThanOrEqual(256);
    const whole = await readStream([bytes]);
    expect(briefly(whole)).toEqual(fill(expected));
    // Whatever has come is handed out before more comes, or nothing more does for a long time.
    if (!isDecidedByTheEnd(title)) expect(await readStream([bytes], "open")).toEqual(whole);
    for (const places of waysToCut(bytes.length, title)) {
      counts.runs++;
      const outcome = await readStream(cutAt(bytes, places));
      if (JSON.stringify(outcome) === JSON.stringify(whole)) continue;
      counts.differences++;
      expect.soft({ places, ...outcome }).toEqual({ places, ...whole });
    }
  });

  test("R31: at least 150 vectors and 20,000 runs at full count equal the stream in one piece", () => {
    expect(sseVectors.length).toBeGreaterThanOrEqual(150);
    expect(new Set(sseVectors.map(([title]) => title)).size).toBe(sseVectors.length);
    expect(counts.runs).toBeGreaterThanOrEqual(rounds(20_000));
    expect(counts.differences).toBe(0);
    figure(
      "R31",
      `${sseVectors.length} vectors, ${counts.runs} runs cut at each place, at two and at all, ${counts.differences} differences`,
    );
  });
});

/** Half a character may still become a whole one. */
const isDecidedByTheEnd = (title: string): boolean => title.includes("half a character");

/** Everywhere once, a share of all pairs of places, and everywhere at the same time. */
function* waysToCut(length: number, title: string): Generator<readonly number[]> {
  const random = seededRandom(title.length * 1009 + length);
  for (let first = 1; first < length; first++) {
    yield [first];
    for (let second = first + 1; second < length; second++)
      if (shareOfTwoCuts === 1 || random() < shareOfTwoCuts) yield [first, second];
  }
  yield Array.from({ length: Math.max(0, length - 1) }, (_, i) => i + 1);
}

/** With the kind alone for frames that have nothing else. */
const briefly = ({ frames, retryMs, end }: Outcome) => ({
  frames: frames.map(([frame]) => {
    const { kind, ...rest } = frame as { kind: string };
    return Object.keys(rest).length === 0 ? kind : frame;
  }),
  id: frames.at(-1)?.[1],
  retryMs,
  end,
});

const fill = ({ frames = [], id, retryMs, malformed }: Expected) => ({
  frames,
  id,
  retryMs,
  end: malformed ? "malformed_sse_frame" : "end",
});
