import type { Socket } from "node:net";
import { notRun } from "@sigil/testing/notRun";
import { figure, roundsVariable } from "@sigil/testing/promises";
import { seededRandom } from "@sigil/testing/seededRandom";
import { expect, test } from "vitest";
import { goodText, headText } from "./answers.js";
import { faults } from "./faults.js";
import { runProgram } from "./programs/runProgram.js";
import type { Soak, SoakSetup } from "./programs/soak.js";
import { type RawRequest, startRawOctane } from "./rawOctane.js";

const signsPerSecond = 200;
const faultShare = 0.05;
/** Half an hour; less to try it, by `SIGIL_SOAK_SECONDS`. */
const seconds = Number(process.env.SIGIL_SOAK_SECONDS ?? 1_800);

/** How a watch is answered: a stream that is cut after a while, now and then one that stays. */
function follow(socket: Socket, random: () => number): void {
  socket.write(`${headText(200, { "content-type": "text/event-stream" })}: keep-alive\n\n`);
  if (random() < 0.9) setTimeout(() => socket.destroy(), 500);
}

/** Over sockets, and no more than it needs to do for an answer: what is looked at is the client. */
async function startFaultyOctane(): Promise<string> {
  const random = seededRandom(44);
  const { url, requests } = await startRawOctane((socket, request) => {
    // Half an hour of them would fill this process.
    (requests as RawRequest[]).length = 0;
    if (request.method === "GET") return follow(socket, random);
    const fault = random() < faultShare ? faults[Math.floor(random() * faults.length)] : undefined;
    return fault?.respond === undefined ? socket.write(goodText(request)) : fault.respond(socket, request);
  });
  return url;
}

if (process.env[roundsVariable] === "long")
  test(
    `R44: ${signsPerSecond} signatures a second for ${seconds} s, with faults and a watch, leave the heap as it is`,
    async () => {
      const setup: SoakSetup = { octaneUrl: await startFaultyOctane(), seconds, signsPerSecond };
      const report = await runProgram<Soak>("soak.ts", [JSON.stringify(setup)], (seconds + 120) * 1000);
      const { signs, outcomes, heapMiB, heapSlopeMiBPer10Min, loopDelayP99Ms, unhandled } = report;
      const { ok = 0, untyped = 0, ...kinds } = outcomes;
      const failed = Object.values(kinds).reduce((sum, each) => sum + each, 0);
      figure(
        "R44",
        `${signs} signatures in ${seconds} s, ${failed} of them failed with a kind, ${untyped} without: heap ${heapMiB[0]} to ${heapMiB.at(-1)} MiB, ${heapSlopeMiBPer10Min.toFixed(2)} MiB per 10 minutes, loop delay p99 ${loopDelayP99Ms.toFixed(1)} ms, ${unhandled} unhandled`,
      );
      expect(ok + failed).toBe(signs);
      expect(signs).toBeGreaterThan(0.95 * seconds * signsPerSecond);
      expect(failed).toBeGreaterThan(0.03 * signs);
      expect(failed).toBeLessThan(0.1 * signs);
      expect(heapSlopeMiBPer10Min).toBeLessThanOrEqual(0.5);
      expect(loopDelayP99Ms).toBeLessThanOrEqual(20);
      expect(unhandled).toBe(0);
    },
    (seconds + 180) * 1000,
  );
else notRun("R44: half an hour of signatures with faults", "pnpm test:promises --long R44");
