import { describe, expect, test } from "vitest";
import { sse } from "../../test/scriptedOctane.js";
import { TransportError } from "../errors/TransportError.js";
import { type Frame, framesOf } from "./frames.js";

const collect = async (response: Response): Promise<Frame[]> => {
  const frames: Frame[] = [];
  const attempt = { signal: new AbortController().signal, sent: true };
  for await (const frame of framesOf(response, attempt)) frames.push(frame);
  return frames;
};

const one = { kind: "pair_expired", completed_at: "2026-01-01T00:00:00Z" };
const text = `data: ${JSON.stringify(one)}\n\n`;

describe("framesOf", () => {
  test.each([
    ["one event", text, [one]],
    ["an event name beside it", `event: pair_expired\n${text}`, [one]],
    ["comments around it", `: keep-alive\n\n: again\n${text}:\n`, [one]],
    ["a byte order mark", `\ufeff${text}`, [one]],
    ["CRLF", text.replaceAll("\n", "\r\n"), [one]],
    ["CR alone", text.replaceAll("\n", "\r"), [one]],
    ["data over several lines", 'data: {"kind":\ndata: "x"}\n\n', [{ kind: "x" }]],
    ["ids and retry", `id: 7\nretry: 10\n${text}`, [one]],
    ["two events", text + text, [one, one]],
    ["an event without its blank line", text.slice(0, -1), []],
    ["nothing", "", []],
  ])("parameters: %s", async (_, stream, frames) => {
    expect(await collect(sse([stream]))).toEqual(frames);
  });

  test("behavior: however the bytes are cut, the same frames", async () => {
    const bytes = new TextEncoder().encode(`: é\r\ndata: {"kind":"é😀","a":1}\r\n\r\n${text}`);
    const whole = await collect(sse([bytes]));
    expect(whole).toHaveLength(2);
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(await collect(sse([bytes.subarray(0, cut), bytes.subarray(cut)]))).toEqual(whole);
    }
  });

  test.each([
    ["text", "data: hello\n\n"],
    ["cut JSON", 'data: {"kind"\n\n'],
    ["an array", 'data: ["kind"]\n\n'],
    ["null", "data: null\n\n"],
    ["an object without a kind", 'data: {"pair_id":"x"}\n\n'],
    ["a frame of more than 64 KiB", `data: {"kind":"x","a":"${"x".repeat(64 * 1024)}"}\n\n`],
    ["a kind that is no string", 'data: {"kind":7}\n\n'],
  ])("behavior: %s is malformed", async (_, stream) => {
    await expect(collect(sse([stream]))).rejects.toMatchObject({ details: { kind: "malformed_sse_frame" } });
  });

  const wide = (bytes: number): string => `data: {"kind":"x","a":"${"€".repeat(Math.ceil(bytes / 3))}"}\n\n`;

  test("behavior: 64 KiB are bytes, not characters", async () => {
    expect(await collect(sse([wide(63 * 1024)]))).toEqual([{ kind: "x", a: "€".repeat(21 * 1024) }]);
    await expect(collect(sse([wide(65 * 1024)]))).rejects.toMatchObject({
      details: { kind: "malformed_sse_frame" },
    });
    expect(await collect(sse([`: ${"€".repeat(22 * 1024)}\n\n`, text]))).toEqual([]);
  });

  test("behavior: a line that never ends is given up at 64 KiB", async () => {
    let pulled = 0;
    const chunk = new TextEncoder().encode("x".repeat(1024));
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled += chunk.length;
          controller.enqueue(chunk);
        },
      },
      { highWaterMark: 0 },
    );
    await expect(collect(new Response(stream))).rejects.toBeInstanceOf(TransportError);
    expect(pulled).toBeLessThanOrEqual(66 * 1024);
  });

  test.each([
    ["comments", `: ${"x".repeat(1000)}\n`],
    ["data without end between comments", "data: x\n:\n"],
    ["ids alone", "id: 7\n\n"],
  ])("behavior: nothing but %s ends it as a cut does, after 64 KiB", async (_, piece) => {
    const flood = piece.repeat(Math.ceil((70 * 1024) / piece.length));
    expect(await collect(sse([flood, `\n\n${text}`]))).toEqual([]);
  });

  test("behavior: odd lines count for more than they are long", async () => {
    const odd = "foo: x\n";
    const round = (lines: number): string => odd.repeat(lines) + text;
    expect(await collect(sse([round(400)]))).toEqual([one]);
    // Each counts for 64 bytes more.
    expect(await collect(sse([odd.repeat(2_000), text]))).toEqual([]);
  });

  test("behavior: comments between frames may go on for ever", async () => {
    const round = `: ${"x".repeat(50_000)}\n${text}`;
    expect(await collect(sse(Array.from({ length: 20 }, () => round)))).toHaveLength(20);
  });

  test("behavior: keeps the id of the last frame taken, and the pause that was asked for", async () => {
    const ids = ["1", "2", "é", "a b", "x".repeat(300)].map((id) => `id: ${id}\n${text}`);
    const resumption = {};
    const seen: unknown[] = [];
    const stream = sse([`retry: 5\n\n${ids.join("")}`]);
    for await (const _ of framesOf(stream, { signal: new AbortController().signal }, resumption))
      seen.push({ ...resumption });
    expect(seen[0]).toEqual({ lastEventId: "1", retryMs: 250 });
    expect(seen.at(-1)).toEqual({ lastEventId: "2", retryMs: 250 });
  });
});
