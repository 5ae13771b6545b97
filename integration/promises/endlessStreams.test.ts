import { figure, rounds } from "@sigil/testing/promises";
import { expect, test } from "vitest";
import type { EndlessStreams } from "./programs/endlessStreams.js";
import { mebibyte } from "./programs/memory.js";
import { runProgram } from "./programs/runProgram.js";

const isFull = rounds(10) === 10;
const inMiB = (bytes: number): string => (bytes / mebibyte).toFixed(1);

test("R33: 64 MiB without a frame stop at 64 KiB, after 100 ms of CPU at most, with 8 MiB at most", async () => {
  const sizes = isFull ? [1024, 65_536, mebibyte] : [65_536];
  const args = [...sizes, ...(isFull ? ["naive"] : [])];
  const { streams, repeated, naiveMs } = await runProgram<EndlessStreams>("endlessStreams.ts", args);
  expect(streams.length).toBeGreaterThanOrEqual(15 * sizes.length);
  for (const stream of streams) {
    const { title, readBytes, chunkBytes, offeredBytes, residentBytes, end, cpuMs } = stream;
    expect(offeredBytes).toBe(64 * mebibyte);
    expect({ title, beyond: readBytes - chunkBytes - 64 * 1024 }).toSatisfy(({ beyond }) => beyond <= 0);
    expect({ title, residentBytes }).toSatisfy(() => residentBytes <= 8 * mebibyte);
    expect({ title, cpuMs }).toSatisfy(() => cpuMs <= 100);
    expect(["malformed_sse_frame", "cut"]).toContain(end);
  }
  const cpu = Math.max(...streams.map(({ cpuMs }) => cpuMs)).toFixed(1);
  const resident = inMiB(Math.max(...streams.map(({ residentBytes }) => residentBytes)));
  const naive =
    naiveMs === undefined
      ? ""
      : `; adding up and looking for the line's end takes ${naiveMs.toFixed()} ms for 16 MiB`;
  figure(
    "R33",
    `${streams.length} streams of 64 MiB given up within a chunk of 64 KiB: CPU at most ${cpu} ms, RSS +${resident} MiB (${repeated} measured again)${naive}`,
  );
}, 300_000);
