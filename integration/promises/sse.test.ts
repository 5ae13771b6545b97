import { createServer, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { awaitPairResult, createPairSession } from "@sigil/astrotrain";
import { createEmulator, type Fault } from "@sigil/emulator";
import { listen } from "@sigil/emulator/node";
import { figure, rounds } from "@sigil/testing/promises";
import { expect, onTestFinished, test } from "vitest";
import { concurrently } from "./concurrently.js";
import { listenAnywhere } from "./rawOctane.js";

test("R34: over sockets that are cut, awaitPairResult resolves once, with nothing lost", async () => {
  const waits = rounds(100);
  const cuts = 4;
  const octane = await startCuttingOctane(cuts);
  const access = { octaneUrl: octane.url, apiKey: "test-api-key-0001" };
  const ids = Array.from({ length: waits }, (_, i) => `session-${i}`);
  let resolved = 0;
  const results = await Promise.all(
    ids.map((sessionId) => awaitPairResult({ ...access, sessionId }).finally(() => resolved++)),
  );
  expect(results.map(({ session_id }) => session_id)).toEqual(ids);
  expect(resolved).toBe(waits);
  expect(octane.right).toBe(waits * (cuts + 1));
  figure(
    "R34",
    `${waits * cuts} sockets cut: Last-Event-ID right ${octane.right} times of ${waits * (cuts + 1)}`,
  );
});

const cutKinds = [
  { kind: "cut", frames: 0, how: "close" },
  { kind: "cut", frames: 0, how: "reset" },
  { kind: "cut", frames: 0, how: "end" },
] as const satisfies readonly Fault[];

test("R34: over the emulator's own streams, cut 1,000 times, each wait has its one result", async () => {
  const cuts = rounds(1_000);
  const waits = Math.ceil(cuts / 4);
  const emulator = createEmulator();
  const { url: octaneUrl, close } = await listen(emulator, { port: 0 });
  onTestFinished(close);
  const struck = cutKinds.map((fault, i) =>
    emulator.faults.add({
      route: "awaitPairResult",
      // The first requests are all cut, so that each wait is about four times.
      calls: (call) => call <= cuts && call % cutKinds.length === i,
      fault,
    }),
  );
  const access = { octaneUrl, apiKey: emulator.sp.apiKey };
  const paired = await concurrently(waits, waits, async (n) => {
    const session = await createPairSession({
      ...access,
      spUserRef: `user-${n}`,
      requestedScopes: [{ chain: "ethereum", access: "sign" }],
    });
    const open = () => emulator.appliance.open(session.pair_uri, { code: "012345" });
    // Half of them decide before anybody waits, half in the middle of the cuts.
    if (n % 2 === 0) await open();
    const waiting = awaitPairResult({ ...access, sessionId: session.session_id });
    if (n % 2 === 1) await sleep(n % 300).then(open);
    const { session_id, sp_user_ref, pair_id } = await waiting;
    expect([session_id, sp_user_ref]).toEqual([session.session_id, `user-${n}`]);
    return pair_id;
  });
  const cut = struck.reduce((sum, { hits }) => sum + hits(), 0);
  const asked = emulator.faults.calls("awaitPairResult");
  expect(new Set(paired).size).toBe(waits);
  // Nobody asks again who has a result.
  expect([cut, asked]).toEqual([cuts, cuts + waits]);
  figure(
    "R34",
    `${cut} streams of the emulator cut: ${paired.length} of ${waits} waits have their one result`,
  );
}, 120_000);

/**
 * Cuts each wait so many times in the middle of an event, then gives it its result; counts the requests that came with the
 * id of the last event that was sent whole.
 */
async function startCuttingOctane(cuts: number): Promise<{ url: string; right: number }> {
  const asked = new Map<string, number>();
  const octane = { url: "", right: 0 };
  const server = createServer((request, response) => {
    const sessionId = request.url?.split("/").at(-2) ?? "";
    const round = asked.get(sessionId) ?? 0;
    asked.set(sessionId, round + 1);
    if (request.headers["last-event-id"] === (round === 0 ? undefined : `${sessionId}-${round}`))
      octane.right++;
    response.writeHead(200, { "content-type": "text/event-stream" });
    if (round === cuts) response.end(`data: ${JSON.stringify(completed(sessionId))}\n\n`);
    else cut(response, `id: ${sessionId}-${round + 1}\ndata: {"kind":"new_in_v9"}\n\nid: lost\ndata: {"ki`);
  });
  octane.url = `http://127.0.0.1:${await listenAnywhere(server)}`;
  onTestFinished(() => stop(server));
  return octane;
}

/** Once it has left: what is destroyed together with its socket may never arrive. */
function cut(response: ServerResponse, text: string): void {
  response.write(text, () => setTimeout(() => response.destroy(), 20));
}

const completed = (session_id: string) => ({
  kind: "pair_completed",
  pair_id: "0b8e2f4e-3f3c-4a5a-9d6e-7f1f0a2b3c4d",
  session_id,
  sp_user_ref: "user-42",
  bindings: [],
  completed_at: "2026-01-01T00:00:00Z",
});

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
