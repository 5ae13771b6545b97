import { getEventListeners } from "node:events";
import { describe, expect, test, vi } from "vitest";
import { rejection } from "../../test/scriptedOctane.js";
import { cancelBody, readText } from "./readText.js";

const attempt = (signal = new AbortController().signal) => ({ signal, sent: true, remainingMs: () => 1 });

/** A body of these chunks, `open` after them or at its end, and what it was cancelled with. */
function body(chunks: readonly (string | Uint8Array)[], open = false) {
  const cancelled: unknown[] = [];
  const bytes = chunks.map((chunk) => (typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk));
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of bytes) controller.enqueue(chunk);
      if (!open) controller.close();
    },
    cancel: (reason) => void cancelled.push(reason),
  });
  return { response: new Response(stream), cancelled };
}

describe("readText", () => {
  test.each([[["abcd"]], [["ab", "cd"]], [["a", "", "bc", "d"]]])(
    "default: chunks %j in one text",
    async (chunks) => {
      const { response } = body(chunks);
      expect(await readText(response, attempt(), { cap: 4, overflow: "refuse" })).toBe("abcd");
    },
  );

  test.each([["abcde"], ["abcd", "e"], ["a", "bcde"]])(
    "behavior: a byte more than the cap is refused, and the rest let go of",
    async (...chunks) => {
      const { response, cancelled } = body(chunks, true);
      expect(await rejection(readText(response, attempt(), { cap: 4, overflow: "refuse" }))).toMatchObject({
        details: { kind: "deserialise", cause: new RangeError("the body is longer than 4 bytes") },
      });
      expect(cancelled).toHaveLength(1);
    },
  );

  test.each([["abcde"], ["abcd", "e"], ["a", "bc", "defg"]])(
    "parameters: or cut to it, the rest let go of",
    async (...chunks) => {
      const { response, cancelled } = body(chunks, true);
      expect(await readText(response, attempt(), { cap: 4, overflow: "cut" })).toBe("abcd");
      expect(cancelled).toHaveLength(1);
    },
  );

  test("behavior: at the cap itself the end is waited for", async () => {
    const { response, cancelled } = body(["ab", "cd"]);
    expect(await readText(response, attempt(), { cap: 4, overflow: "cut" })).toBe("abcd");
    expect(cancelled).toEqual([]);
  });

  test("behavior: bytes that are no UTF-8 are refused, or replaced where the rest may be cut", async () => {
    const half = new TextEncoder().encode("aé").subarray(0, 2);
    expect(
      await rejection(readText(body([half]).response, attempt(), { cap: 4, overflow: "refuse" })),
    ).toMatchObject({ details: { kind: "deserialise" } });
    expect(await readText(body([half]).response, attempt(), { cap: 4, overflow: "cut" })).toBe("a\ufffd");
  });

  test("behavior: no body is an empty text", async () => {
    const none = new Response(null);
    expect(await readText(none, attempt(), { cap: 4, overflow: "refuse" })).toBe("");
  });

  test("behavior: a body that pauses for 30 s is given up", async () => {
    vi.useFakeTimers();
    const { response, cancelled } = body(["ab"], true);
    const reading = rejection(readText(response, attempt(), { cap: 4, overflow: "refuse" }));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(cancelled).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await reading).toMatchObject({
      details: {
        kind: "network",
        sent: true,
        foreign: true,
        cause: { name: "TimeoutError", message: "No answer within 30000 ms." },
      },
    });
    expect(cancelled).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  test("behavior: an abort ends it with its own reason, and leaves no listener", async () => {
    const controller = new AbortController();
    const { response, cancelled } = body(["ab"], true);
    const reading = rejection(readText(response, attempt(controller.signal), { cap: 4, overflow: "refuse" }));
    await new Promise(setImmediate);
    controller.abort("enough");
    const error = await reading;
    expect(error).toMatchObject({ details: { kind: "network", cause: "enough", sent: true } });
    expect(error).not.toMatchObject({ details: { foreign: true } });
    expect(cancelled).toEqual(["enough"]);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  test("behavior: an abort before it begins lets go of the body", async () => {
    const { response, cancelled } = body(["ab"], true);
    const signal = AbortSignal.abort("enough");
    expect(
      await rejection(readText(response, attempt(signal), { cap: 4, overflow: "refuse" })),
    ).toMatchObject({ details: { cause: "enough" } });
    expect(cancelled).toEqual(["enough"]);
  });
});

test("cancelBody: lets go of a body, and of one that cannot be let go of says nothing", async () => {
  const { response, cancelled } = body(["ab"], true);
  cancelBody(response);
  expect(cancelled).toHaveLength(1);
  const locked = body(["ab"], true).response;
  locked.body?.getReader();
  expect(() => cancelBody(locked)).not.toThrow();
  expect(() => cancelBody(new Response(null))).not.toThrow();
  await new Promise(setImmediate);
});
