import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type Answer,
  access,
  frame,
  json,
  refusal,
  rejection,
  scriptedOctane,
  sse,
} from "../../test/scriptedOctane.js";
import { ShapeError } from "../errors/ShapeError.js";
import { withDeadline } from "./deadline.js";
import { toEndpoint } from "./endpoint.js";
import { waitForFrame } from "./waitForFrame.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const done = { kind: "done", n: 1 };

const wait = (answers: readonly Answer[], signal?: AbortSignal) => {
  const octane = scriptedOctane(...answers);
  const taken: unknown[] = [];
  const result = withDeadline({ signal }, (attempt) =>
    waitForFrame(toEndpoint({ ...access, fetch: octane.fetch }), ["wait"], attempt, (each) => {
      taken.push(each);
      return each.kind === "done" ? each : undefined;
    }),
  );
  return { result, seen: octane.seen, taken };
};

const settled = async <T>(promise: Promise<T>): Promise<T> => {
  const [value] = await Promise.all([promise, vi.runAllTimersAsync()]);
  return value;
};

const failed = async (promise: Promise<unknown>): Promise<unknown> => settled(rejection(promise));

describe("waitForFrame", () => {
  test("default: a stream", async () => {
    const { result, seen } = wait([sse([": hi\n\n", frame(done)], { open: true })]);
    expect(await settled(result)).toEqual(done);
    expect(seen).toMatchObject([{ method: "GET", url: "https://octane.example/wait" }]);
    expect(seen[0]?.headers.get("accept")).toContain("text/event-stream");
  });

  test("parameters: a JSON body", async () => {
    expect(await settled(wait([json(done)]).result)).toEqual(done);
  });

  test.each([202, 204])("parameters: %i means not yet", async (status) => {
    const { result, seen } = wait([
      new Response(null, { status }),
      new Response(null, { status }),
      json(done),
    ]);
    expect(await settled(result)).toEqual(done);
    expect(seen).toHaveLength(3);
  });

  test("behavior: a stream that ends without its frame is taken up again", async () => {
    const cut = sse([": hi\n\n", "data: {"]);
    const { result, seen } = wait([...Array.from({ length: 20 }, () => cut), sse([frame(done)])]);
    expect(await settled(result)).toEqual(done);
    expect(seen).toHaveLength(21);
  });

  test("behavior: a frame of an unknown kind ends nothing", async () => {
    const { result, taken } = wait([sse([frame({ kind: "new_in_v9" }), frame(done)])]);
    expect(await settled(result)).toEqual(done);
    expect(taken).toHaveLength(2);
  });

  test("behavior: frames without end that nobody takes are a cut after 64 KiB, and the pauses grow", async () => {
    const unknown = frame({ kind: "new_in_v9", filler: "x".repeat(1_000) });
    const asked: number[] = [];
    let pulled = 0;
    const flood: Answer = () => {
      asked.push(performance.now());
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
        pulled++;
        controller.enqueue(new TextEncoder().encode(unknown));
      };
      const stream = new ReadableStream({ pull }, { highWaterMark: 0 });
      return new Response(stream, { headers: { "content-type": "text/event-stream" } });
    };
    const { result, taken } = wait([...Array.from({ length: 10 }, () => flood), sse([frame(done)])]);
    expect(await settled(result)).toEqual(done);
    expect(asked).toHaveLength(10);
    expect(taken.length).toBeLessThanOrEqual(10 * 70 + 1);
    expect(pulled).toBeLessThanOrEqual(10 * 70);
    expect((asked[9] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(9 * 250);
  });

  test("behavior: fewer frames than that, from each of many streams, slow nothing down", async () => {
    const few = sse([frame({ kind: "new_in_v9" })]);
    const { result, seen } = wait([...Array.from({ length: 20 }, () => few), sse([frame(done)])]);
    const startedAt = performance.now();
    expect(await settled(result)).toEqual(done);
    expect(seen).toHaveLength(21);
    expect(performance.now() - startedAt).toBeLessThan(20 * 1_000);
  });

  test.each([
    ["500", refusal(500, "internal")],
    ["503", refusal(503, "appliance_offline")],
    ["429", refusal(429, "rate_limited")],
    ["a refused connection", new TypeError("fetch failed")],
  ])("behavior: %s is tried eight times more, then given up", async (_, answer) => {
    const { result, seen } = wait([answer]);
    expect(await failed(result)).toMatchObject({ name: "TransportError" });
    expect(seen).toHaveLength(9);
  });

  test("behavior: a good answer in between renews the budget", async () => {
    const bad = Array.from({ length: 8 }, () => refusal(502, "bad_gateway"));
    const { result } = wait([...bad, sse([]), ...bad, sse([]), ...bad, sse([frame(done)])]);
    expect(await settled(result)).toEqual(done);
  });

  test.each([400, 401, 403, 404, 408, 410])("behavior: %i is final", async (status) => {
    const { result, seen } = wait([refusal(status, "final")]);
    expect(await failed(result)).toMatchObject({ details: { kind: "http", status } });
    expect(seen).toHaveLength(1);
  });

  test.each([
    ["malformed data", sse(["data: x\n\n"]), "malformed_sse_frame"],
    ["HTML", new Response("<html>", { headers: { "content-type": "text/html" } }), "deserialise"],
    ["JSON without a kind", json({}), "deserialise"],
    ["a redirect", new Response(null, { status: 302 }), "network"],
  ])("behavior: %s is final", async (_, answer, kind) => {
    const { result, seen } = wait([answer]);
    expect(await failed(result)).toMatchObject({ details: { kind } });
    expect(seen).toHaveLength(1);
  });

  test("behavior: why a JSON body is no frame is said", async () => {
    for (const body of [null, {}, [], "done", { kind: 7 }]) {
      expect(await failed(wait([json(body)]).result)).toMatchObject({
        details: { kind: "deserialise", cause: new TypeError("the body is not an object with a kind") },
      });
    }
  });

  test("behavior: what the taker throws ends it, and the stream", async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(frame(done))),
      cancel: () => {
        cancelled = true;
      },
    });
    const octane = scriptedOctane(
      () => new Response(body, { headers: { "content-type": "text/event-stream" } }),
    );
    const wrong = new ShapeError("kind", "one of ours");
    const taking = withDeadline({}, (attempt) =>
      waitForFrame(toEndpoint({ ...access, fetch: octane.fetch }), ["wait"], attempt, () => {
        throw wrong;
      }),
    );
    expect(await failed(taking)).toBe(wrong);
    expect(octane.seen).toHaveLength(1);
    expect(cancelled).toBe(true);
  });

  test("behavior: an answer of 202 is let go of, whatever body it has", async () => {
    let cancelled = 0;
    const body = (): ReadableStream =>
      new ReadableStream({
        cancel: () => {
          cancelled++;
        },
      });
    const notYet: Answer = () =>
      new Response(body(), { status: 202, headers: { "content-type": "text/plain" } });
    expect(await settled(wait([notYet, notYet, json(done)]).result)).toEqual(done);
    expect(cancelled).toBe(2);
  });

  test("behavior: a stream in a coding that nobody takes is final", async () => {
    const headers = { "content-type": "text/event-stream", "content-encoding": "compress" };
    const { result, seen } = wait([new Response(frame(done), { headers })]);
    expect(await failed(result)).toMatchObject({ details: { kind: "deserialise" } });
    expect(seen).toHaveLength(1);
  });

  test("behavior: the pauses between streams that say nothing grow, and begin anew after a frame", async () => {
    const draws = vi.spyOn(Math, "random").mockReturnValue(0.999999);
    const asked: number[] = [];
    const empty: Answer = () => {
      asked.push(Date.now());
      return sse([]);
    };
    const other: Answer = () => {
      asked.push(Date.now());
      return sse([frame({ kind: "other" })]);
    };
    await settled(wait([empty, empty, empty, other, empty, empty, json(done)]).result);
    draws.mockRestore();
    const pauses = asked.slice(1).map((at, i) => Math.round((at - (asked[i] ?? 0)) / 100) * 100);
    expect(pauses).toEqual([500, 1_000, 2_000, 500, 1_000]);
  });

  test("behavior: Retry-After is waited for", async () => {
    const busy = json({}, { status: 503, headers: { "retry-after": "7" } });
    const startedAt = Date.now();
    await settled(wait([busy, json(done)]).result);
    expect(Date.now() - startedAt).toBe(7000);
  });

  test.each([
    ["longest", 0.999999, 32_000],
    ["shortest", 0, 8 * 250],
  ])("behavior: pauses grow to five seconds and no further: at their %s", async (_, random, total) => {
    const draws = vi.spyOn(Math, "random").mockReturnValue(random);
    const startedAt = Date.now();
    await failed(wait([refusal(500, "internal")]).result);
    draws.mockRestore();
    expect(Math.abs(Date.now() - startedAt - total)).toBeLessThan(100);
  });

  test("behavior: a stream that held for a while is taken up again at once, however often", async () => {
    const held: Answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      return sse([]);
    };
    const startedAt = Date.now();
    await settled(wait([...Array.from({ length: 10 }, () => held), json(done)]).result);
    expect(Date.now() - startedAt).toBeLessThan(10 * 5_500);
  });

  test("behavior: a stream that was cut goes on after the last frame taken", async () => {
    const cut = sse([
      "id: 41\n",
      frame({ kind: "other" }),
      "id: 42\n",
      frame({ kind: "other" }),
      "id: 43\ndata: {",
    ]);
    const { result, seen } = wait([sse([]), cut, sse([frame(done)])]);
    await settled(result);
    expect(seen.map(({ headers }) => headers.get("last-event-id"))).toEqual([null, null, "42"]);
  });

  test.each([
    ["a minute at most", "3600000", 60_000],
    ["no less than the backoff", "0", 250],
  ])("behavior: retry: is heeded, %s", async (_, retry, pause) => {
    const startedAt = Date.now();
    await settled(wait([sse([`retry: ${retry}\n\n`]), json(done)]).result);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(pause);
    expect(Date.now() - startedAt).toBeLessThanOrEqual(Math.max(pause, 500));
  });

  test("behavior: silence of 45 s, before the head or within the stream, is a cut", async () => {
    const silent = Array.from({ length: 12 }, () => () => sse([": hi\n\n"], { open: true }));
    const mute = Array.from({ length: 8 }, () => () => new Promise<Response>(() => {}));
    const startedAt = Date.now();
    const { result, seen } = wait([...silent, ...mute, json(done)]);
    expect(await settled(result)).toEqual(done);
    expect(seen).toHaveLength(21);
    expect(Date.now() - startedAt).toBeGreaterThan(20 * 45_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("behavior: an octane that never gives a head is given up like one that is out of reach", async () => {
    const { result, seen } = wait([() => new Promise<Response>(() => {})]);
    expect(await failed(result)).toMatchObject({
      details: { kind: "network", cause: { name: "TimeoutError" } },
    });
    expect(seen).toHaveLength(9);
  });

  test("behavior: an answer that comes in the moment of an abort is not left open", async () => {
    vi.useRealTimers();
    const ticks = Array.from({ length: 12 }, (_, i) => i);
    const left = await Promise.all(
      ticks.map(async (many) => {
        const controller = new AbortController();
        let cancelled = false;
        const body = new ReadableStream<Uint8Array>({
          cancel: () => {
            cancelled = true;
          },
        });
        const answer: Answer = async () => {
          void (async () => {
            for (let i = 0; i < many; i++) await null;
            controller.abort("enough");
          })();
          return new Response(body, { headers: { "content-type": "text/event-stream" } });
        };
        await rejection(wait([answer], controller.signal).result);
        return cancelled ? [] : [many];
      }),
    );
    expect(left.flat()).toEqual([]);
  });

  test("behavior: an abort ends the pause between two tries", async () => {
    const controller = new AbortController();
    const { result, seen } = wait([refusal(500, "internal")], controller.signal);
    const error = rejection(result);
    await vi.advanceTimersByTimeAsync(0);
    controller.abort("enough");
    expect(await error).toMatchObject({ details: { kind: "network", cause: "enough" } });
    expect(vi.getTimerCount()).toBe(0);
    expect(seen).toHaveLength(1);
  });
});
