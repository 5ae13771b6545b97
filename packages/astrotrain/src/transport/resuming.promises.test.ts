import { figure, rounds } from "@sigil/testing/promises";
import { seededRandom } from "@sigil/testing/seededRandom";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createEventLog, cutStream } from "../../test/eventLog.js";
import { randomPlaces } from "../../test/randomStream.js";
import { cutAt } from "../../test/readStream.js";
import { access, frame, json, refusal, rejection, scriptedOctane, sse } from "../../test/scriptedOctane.js";
import { withDeadline } from "./deadline.js";
import { toEndpoint } from "./endpoint.js";
import type { Frame } from "./frames.js";
import { waitForFrame } from "./waitForFrame.js";

// Hours go by in these tests, on a clock of their own.
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const encoder = new TextEncoder();
const done = { kind: "done" };

/** What was taken so far, when it was asked for, and with which id. */
type Course = {
  readonly taken: Frame[];
  readonly askedAt: number[];
  readonly lastEventIds: (string | null)[];
};

/** Waits for `done` at an octane that answers by what came before. */
function wait(answer: (course: Course) => Response) {
  const course: Course = { taken: [], askedAt: [], lastEventIds: [] };
  const { fetch } = scriptedOctane(({ headers }) => {
    course.askedAt.push(Date.now());
    course.lastEventIds.push(headers.get("last-event-id"));
    return answer(course);
  });
  const result = withDeadline({}, (attempt) =>
    waitForFrame(toEndpoint({ ...access, fetch }), ["wait"], attempt, (each) => {
      course.taken.push(each);
      return each.kind === "done" ? each : undefined;
    }),
  );
  return { result, ...course };
}

/** Lets the clock run to the next thing that waits for it, again and again. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  let over = false;
  const end = (): void => {
    over = true;
  };
  promise.then(end, end);
  while (!over) await vi.advanceTimersToNextTimerAsync();
  return promise;
}

/** The answers in turn, the last one again and again. */
const inTurn =
  (...answers: readonly (() => Response)[]) =>
  ({ askedAt }: Course): Response =>
    (answers[Math.min(askedAt.length, answers.length) - 1] ?? Response.error)();

const gapsOf = (times: readonly number[]): number[] =>
  times.slice(1).map((at, i) => at - (times[i] ?? Number.NaN));

describe("R34: streams that are cut", () => {
  test("R34: each cut is taken up after the last event, none lost, none repeated", async () => {
    const cuts = rounds(1_000);
    const random = seededRandom(34);
    const log = createEventLog(3 * cuts);
    let right = 0;
    const { result, taken, askedAt } = wait((course) => {
      const given = course.lastEventIds.at(-1) ?? null;
      const last = course.taken.at(-1)?.n as number | undefined;
      if (given === (last === undefined ? null : log.idOf(last))) right++;
      const over = course.askedAt.length > cuts;
      const bytes = encoder.encode(
        log.after(given, over ? Number.POSITIVE_INFINITY : Math.floor(random() * 4)),
      );
      // Anywhere: in the middle of an id or before a blank line too.
      const sent = over ? bytes : bytes.slice(0, Math.floor(random() * (bytes.length + 1)));
      const pieces = cutAt(sent, randomPlaces(random, sent.length));
      return cutStream(pieces, random() < 0.1 ? "silence" : random() < 0.5 ? "close" : "error");
    });
    await settled(result);
    const numbers = taken.map(({ n }) => n as number);
    const lost = 3 * cuts - new Set(numbers).size;
    const repeated = numbers.length - new Set(numbers).size;
    expect({ lost, repeated }).toEqual({ lost: 0, repeated: 0 });
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    expect(right).toBe(askedAt.length);
    figure(
      "R34",
      `${askedAt.length - 1} cuts in ${taken.length} events: Last-Event-ID right ${right} times of ${askedAt.length}, ${lost} lost, ${repeated} repeated`,
    );
  }, 60_000);

  const pauses = [
    ["0", 250],
    ["1", 250],
    ["249", 250],
    ["250", 250],
    ["700", 700],
    ["5000", 5_000],
    ["59999", 59_999],
    ["60000", 60_000],
    ["60001", 60_000],
    ["86400000", 60_000],
    ["9".repeat(30), 60_000],
  ] as const;

  test.for(pauses)(
    "R34: after “retry: %s” the pause is %i ms, or the backoff where that is longer",
    async ([retry, ms]) => {
      // The first pauses of a backoff are half a second at most.
      vi.spyOn(Math, "random").mockReturnValue(0);
      const { result, askedAt } = wait(
        inTurn(
          () => sse([`retry: ${retry}\n\n`]),
          () => json(done),
        ),
      );
      await settled(result);
      expect(gapsOf(askedAt)).toEqual([ms]);
    },
  );

  test("R34: a pause that was asked for holds for all later cuts", async () => {
    const cuts = 20;
    const streams = [
      () => sse(["retry: 9000\n\n"]),
      ...Array.from({ length: cuts - 1 }, () => () => sse([])),
    ];
    const { result, askedAt } = wait(inTurn(...streams, () => json(done)));
    await settled(result);
    expect(gapsOf(askedAt)).toEqual(Array.from({ length: cuts }, () => 9000));
  });

  test.for([401, 403, 404, 410])("R34: %i stops it, in the middle too", async (status) => {
    const cut = () => sse([`id: 1\n${frame({ kind: "progress" })}`]);
    const { result, askedAt } = wait(inTurn(cut, cut, cut, () => refusal(status, "over")));
    expect(await settled(rejection(result))).toMatchObject({ details: { kind: "http", status } });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(askedAt).toHaveLength(4);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("R34: 202 and 204 don't: in this protocol they say “not yet”", async () => {
    const answers = [202, 204].flatMap((status) =>
      Array.from({ length: 50 }, () => () => new Response(null, { status })),
    );
    const { result, askedAt } = wait(inTurn(...answers, () => json(done)));
    expect(await settled(result)).toEqual(done);
    expect(askedAt).toHaveLength(101);
    figure(
      "R34",
      `retry: of ${pauses.length} values heeded from ${pauses[0][1]} to ${pauses.at(-1)?.[1]} ms; 401, 403, 404 and 410 stop; 202 and 204 asked again ${askedAt.length - 1} times, since they mean “not yet” here`,
    );
  });
});

describe("R35: silence, and the backoff", () => {
  test("R35: silence of more than 45 s is a cut, however it is spread", async () => {
    const keepAlive = ": keep-alive\n\n";
    const silences = rounds(100);
    const random = seededRandom(35);
    const lastHeardAt: number[] = [];
    const { result, askedAt } = wait((course) => {
      if (course.askedAt.length > silences) return json(done);
      const beats = Math.floor(random() * 5);
      lastHeardAt.push(Date.now() + beats * 15_000);
      return beating(keepAlive, 15_000, beats);
    });
    await settled(result);
    // What is over is the silence; the pause of a first round comes after it.
    const waits = lastHeardAt.map((at, i) => (askedAt[i + 1] ?? 0) - at);
    expect(Math.min(...waits)).toBeGreaterThan(45_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(45_500);
    figure(
      "R35",
      `${waits.length} silences: asked again ${Math.min(...waits).toFixed()} to ${Math.max(...waits).toFixed()} ms after the last byte`,
    );
  }, 60_000);

  test("R35: a comment every 15 s keeps one connection for hours", async () => {
    const hours = 6;
    const { result, askedAt, taken } = wait(() =>
      beating(": keep-alive\n\n", 15_000, hours * 240, frame(done)),
    );
    const startedAt = Date.now();
    await settled(result);
    expect(Date.now() - startedAt).toBe(hours * 3_600_000);
    expect([askedAt.length, taken.length]).toEqual([1, 1]);
  });

  test("R35: a comment every 44 s does too, one after 46 s comes too late", async () => {
    const { result, askedAt } = wait(
      inTurn(
        () => beating(": x\n\n", 44_000, 10, frame(done)),
        () => json(done),
      ),
    );
    await settled(result);
    expect(askedAt).toHaveLength(1);
    const late = wait(
      inTurn(
        () => beating(": x\n\n", 46_000, 10, frame(done)),
        () => json(done),
      ),
    );
    await settled(late.result);
    expect(late.askedAt).toHaveLength(2);
  });

  test("R35: the backoff grows to 5 s, and begins anew after the first good frame", async () => {
    // The longest that chance may make it.
    vi.spyOn(Math, "random").mockReturnValue(1);
    const empty = Array.from({ length: 7 }, () => () => sse([]));
    const good = () => sse([frame({ kind: "progress" })]);
    const { result, askedAt } = wait(inTurn(...empty, good, ...empty, () => json(done)));
    await settled(result);
    const gaps = gapsOf(askedAt);
    const growing = [500, 1000, 2000, 4000, 5000, 5000, 5000];
    // The round with the frame is the first of a new row.
    expect(gaps).toEqual([...growing, ...growing, 5000]);
    figure("R35", `pauses of at most ${gaps.join(", ")} ms, the frame after the ${empty.length}th`);
  });
});

/** A stream that says the same at an interval, then `last`, then nothing more. */
function beating(text: string, everyMs: number, beats: number, last?: string): Response {
  let left = beats;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (left === 0 && last === undefined) return new Promise(() => {});
        if (left-- > 0) await new Promise((resolve) => setTimeout(resolve, everyMs));
        controller.enqueue(encoder.encode(left >= 0 ? text : (last ?? "")));
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, { headers: { "content-type": "text/event-stream" } });
}
