import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { createEmulator } from "@sigil/emulator";
import { listen } from "@sigil/emulator/node";
import { figure, rounds } from "@sigil/testing/promises";
import { expect, onTestFinished, test } from "vitest";
import { eventIn, page } from "../test/page.js";
import { startServer } from "../test/process/startServer.js";

const KiB = 1024;

type Wait = { readonly user: string; readonly sessionId: string; readonly text: Promise<string> };

/** Begins to wait, as a page does; resolves with the first byte of the answer. */
async function wait(url: string, agent: Agent, user: string, sessionId: string): Promise<Wait> {
  const headers = { cookie: `user=${user}` };
  const sent = request(`${url}/api/sp/pair/sessions/${sessionId}/result`, { agent, headers }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  response.setEncoding("utf8");
  const first = new Promise<void>((resolve) => {
    response.on("data", (chunk: string) => {
      text += chunk;
      resolve();
    });
  });
  const whole = once(response, "end").then(() => text);
  // Where the test fails before, nobody is left to hear of it.
  whole.catch(() => {});
  await first;
  return { user, sessionId, text: whole };
}

/** Does something with each, so many at a time. */
async function forEach<T>(
  items: Iterable<T>,
  atOnce: number,
  run: (item: T) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = left.next(); !next.done; next = left.next()) await run(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const inSeconds = (ms: number): string => (ms / 1000).toFixed(1);

// For each wait the proxy has a socket to the page, and for each session one to octane, whose other ends this process has; a
// process may have 20,000 on many machines, and needs some to spare. So each second wait is another page of the same session.
test("R50: of hundreds, or thousands, of waits through one process each gets its own user's result", {
  timeout: 1_800_000,
}, async () => {
  const waitsWanted = rounds(10_000);
  const sessionsWanted = waitsWanted / 2;
  // Its clock stands, so that no session expires on a machine that has much else to do.
  const start = Date.now();
  const emulator = createEmulator({ now: () => start });
  const octane = await listen(emulator, { port: 0 });
  onTestFinished(octane.close);
  const server = await startServer({ octaneUrl: octane.url, apiKey: emulator.sp.apiKey });
  const agent = new Agent({ keepAlive: false });
  onTestFinished(() => agent.destroy());

  const links: { readonly user: string; readonly sessionId: string; readonly uri: string }[] = [];
  await forEach(Array(sessionsWanted).keys(), 32, async (i) => {
    const { session_id, pair_uri, validation_code } = await page(server.fetch, `user${i}`).mint();
    links.push({ user: `user${i}`, sessionId: session_id, uri: `${pair_uri}&v=${validation_code}` });
  });
  const before = await server.memory();
  const waits: Wait[] = [];
  const waiting = [...links, ...links.slice(0, waitsWanted - sessionsWanted)];
  await forEach(waiting, 32, async ({ user, sessionId }) => {
    waits.push(await wait(server.url, agent, user, sessionId));
  });
  await expect
    .poll(() => octane.connections().open, { timeout: 600_000, interval: 200 })
    .toBeGreaterThanOrEqual(sessionsWanted);
  const during = await server.memory();

  const begun = performance.now();
  const delivered: string[] = [];
  let [askedAgain, cut] = [0, 0];
  const askAgain = async (user: string, sessionId: string): Promise<void> => {
    try {
      return await deliver(await wait(server.url, agent, user, sessionId));
    } catch (error) {
      // A machine with much else to do may reset a connection that waited too long to be accepted; pages ask again then too.
      if ((error as NodeJS.ErrnoException).code !== "ECONNRESET") throw error;
      cut += 1;
      return askAgain(user, sessionId);
    }
  };
  const deliver = async ({ user, sessionId, text }: Wait): Promise<void> => {
    const event = eventIn(await text);
    if (event === undefined) {
      // What failed on the way to octane is told by no event; pages ask again.
      askedAgain += 1;
      return askAgain(user, sessionId);
    }
    expect(event).toMatchObject({ kind: "pair_completed", session_id: sessionId, sp_user_ref: user });
    delivered.push(user);
  };
  const all = Promise.all(waits.map(deliver));
  await forEach(links, 32, async ({ uri }) => void (await emulator.appliance.open(uri)));
  const approved = performance.now();
  await all;
  const [approving, delivering] = [approved - begun, performance.now() - approved];

  expect(delivered).toHaveLength(waitsWanted);
  // Each was for a reason, which the SP's log has.
  expect(server.errors.filter((error) => !error.startsWith("PairError: "))).toEqual([]);
  expect(askedAgain > 0).toBe(server.errors.length > 0);
  // Most are told in the stream that they wait in.
  expect(askedAgain + cut).toBeLessThanOrEqual(waitsWanted / 20);
  // What a process says to its parent may come after what it answers.
  await expect.poll(() => server.paired.length).toBe(sessionsWanted);
  const handedOver = new Set(server.paired.map(({ userId, sessionId }) => `${userId} ${sessionId}`));
  expect(handedOver).toEqual(new Set(links.map(({ user, sessionId }) => `${user} ${sessionId}`)));
  const perWait = (what: "rss" | "heapUsed"): number => (during[what] - before[what]) / waitsWanted / KiB;
  expect(perWait("rss")).toBeLessThan(200);
  figure(
    "R50",
    `${waitsWanted} waits for ${sessionsWanted} sessions at once, ${perWait("rss").toFixed(0)} KiB each (heap ${perWait("heapUsed").toFixed(0)}); ` +
      `approved in ${inSeconds(approving)} s, the last delivered ${inSeconds(delivering)} s later, none to another user, ` +
      `${askedAgain} asked for again, ${cut} cut before their answer`,
  );
});
