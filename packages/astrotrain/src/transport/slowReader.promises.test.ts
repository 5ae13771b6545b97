import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { figure, rounds } from "@sigil/testing/promises";
import { afterEach, expect, test, vi } from "vitest";
import type { SlowReader } from "../../test/programs/slowReader.js";
import { framesOf } from "./frames.js";

afterEach(() => {
  vi.restoreAllMocks();
});

/** The shortest frame there is: of no other do so many fit into what was read. */
const shortest = 'data:{"kind":""}\n\n';
const longer = `id: 7\nevent: x\ndata: {"kind":"x","filler":"${"é".repeat(200)}"}\n\n`;
const chunkSizes = [17, 4_096, 65_536, 1_048_576];

test.for([
  ["the shortest", shortest],
  ["longer ones", longer],
  ["the shortest, by CRLF", shortest.replaceAll("\n", "\r\n")],
] as const)(
  "R36: of events, %s, no more than 256 wait for a slow reader, who blocks the server",
  { timeout: 120_000 },
  async ([title, event]) => {
    const wanted = rounds(10_000);
    // Each event that is parsed is one call; what was taken of them does not wait any more.
    const parse = vi.spyOn(JSON, "parse");
    const most = { waiting: 0, bytesAhead: 0 };
    for (const chunkSize of chunkSizes) {
      parse.mockClear();
      const source = endless(event, chunkSize);
      let taken = 0;
      for await (const _ of framesOf(source.response, { signal: new AbortController().signal })) {
        most.waiting = Math.max(most.waiting, parse.mock.calls.length - taken);
        taken++;
        most.bytesAhead = Math.max(most.bytesAhead, source.pulled() - taken * byteLength(event) - chunkSize);
        // All that could run ahead meanwhile has the time to.
        if (taken % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
        if (taken === wanted) break;
      }
      expect(taken).toBe(wanted);
    }
    expect(most.waiting).toBeLessThanOrEqual(256);
    // Never a chunk more than the one that is being handed out.
    expect(most.bytesAhead).toBeLessThanOrEqual(0);
    figure(
      "R36",
      `${wanted} events (${title}) in chunks of ${chunkSizes.join(", ")} bytes: at most ${most.waiting} waited, no further chunk was read; a slow reader blocks`,
    );
  },
);

test("R36: a slow reader of a stream that could come at once holds no more than 4 MiB", async () => {
  const { events, streamBytes, residentBytes } = await readSlowly(rounds(10_000));
  expect(events).toBe(rounds(10_000));
  expect(residentBytes).toBeLessThanOrEqual(4 * 1024 * 1024);
  const [stream, resident] = [streamBytes, residentBytes].map((bytes) => (bytes / 1024 / 1024).toFixed(1));
  figure("R36", `${events} events in ${stream} MiB, read slowly: RSS ${resident} MiB more`);
}, 120_000);

/** In a process of its own, where nobody else uses memory. */
async function readSlowly(count: number): Promise<SlowReader> {
  const flags = ["--expose-gc", "--conditions=@sigil/source", "--import", "tsx"];
  const program = fileURLToPath(new URL("../../test/programs/slowReader.ts", import.meta.url));
  // The root, where tsx is.
  const cwd = fileURLToPath(new URL("../../../..", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, program, String(count)], { cwd });
  return JSON.parse(stdout) as SlowReader;
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** The event again and again in chunks of one size, and how many bytes were asked for. */
function endless(event: string, chunkSize: number): { response: Response; pulled: () => number } {
  const bytes = new TextEncoder().encode(event.repeat(Math.ceil(chunkSize / byteLength(event)) + 1));
  const period = byteLength(event);
  let pulled = 0;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    const from = pulled % period;
    controller.enqueue(bytes.slice(from, from + chunkSize));
    pulled += chunkSize;
  };
  const stream = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
  return { response: new Response(stream), pulled: () => pulled };
}
