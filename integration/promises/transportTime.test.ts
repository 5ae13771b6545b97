import { getEventListeners } from "node:events";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { AstrotrainClient, getEnabledWallets } from "@sigil/astrotrain";
import { figure, rounds } from "@sigil/testing/promises";
import { seededRandom } from "@sigil/testing/seededRandom";
import { expect, test } from "vitest";
import { goodText, headText, httpText, json } from "./answers.js";
import { apiKey, type CallName, callNames, calls, errorName, pairId } from "./calls.js";
import { concurrently, failureOf } from "./concurrently.js";
import { pairedEmulator } from "./pairedEmulator.js";
import { type RawOctane, type RawRequest, type Respond, startRawOctane } from "./rawOctane.js";
import { isSignatureOver, numberIn, payloadOf } from "./signatures.js";
import { startThroughEmulator } from "./throughEmulator.js";
import { type Measured, within } from "./within.js";

const stream = { "content-type": "text/event-stream" } as const;
const headOf = ({ path }: RawRequest): string =>
  /\/(result|events)$/.test(path)
    ? headText(200, stream)
    : headText(200, { ...json, "content-length": "1000" });
/** The beginning of an answer that says nothing yet, in the form of its route. */
const beginningOf = ({ path }: RawRequest): string =>
  /\/(result|events)$/.test(path) ? ": keep-alive\n\ndata: {" : '{"a":';

/** Where a call may be stuck. `connect` is a TLS handshake that nobody answers: the runtime has no connection then. */
const phases: Readonly<Record<string, Respond | "connect">> = {
  connect: "connect",
  headers: () => {},
  stall: (socket, request) => socket.write(headOf(request) + beginningOf(request)),
  total: (socket, request) => {
    socket.write(headOf(request));
    const timer = setInterval(() => socket.write(isStream(request) ? ": keep-alive\n\n" : " "), 20);
    socket.once("close", () => clearInterval(timer));
  },
};

const isStream = ({ path }: RawRequest): boolean => /\/(result|events)$/.test(path);

/** A call that gets stuck: its error, how late it came beside a bare timer, and how long its socket stayed. */
async function getsStuck(name: CallName, phase: string, respond: Respond | "connect", timeoutMs: number) {
  const octane = await startRawOctane(respond === "connect" ? () => {} : respond);
  const octaneUrl = respond === "connect" ? octane.url.replace("http:", "https:") : octane.url;
  // A machine with much to do lets every timer wait: only what comes on top is the client's.
  const timerFired = sleep(timeoutMs).then(() => performance.now());
  const error = await failureOf(calls[name]({ octaneUrl, timeoutMs }));
  const settledAt = performance.now();
  return {
    name,
    phase,
    error,
    lateMs: settledAt - (await timerFired),
    closedMs: await octane.untilQuiet(2_000),
    emptied: emptied(octane, respond === "connect"),
  };
}

/** What Node itself may keep a socket for, and a busy machine's seconds. */
const spareMs = 4_000 + 3_000;
const connectingMs = 10_000 + 3_000;

/** Until when Node kept sockets that carry nothing, which is no business of the call's: waited for at the end. */
type Emptied = Promise<{ readonly connecting: boolean; readonly left: number; readonly ms: number }>;

/** Counts every socket, whether it ever brought a request or not. */
async function emptied({ sockets, untilEmpty }: RawOctane, connecting: boolean): Emptied {
  const startedAt = performance.now();
  // A spare connection opens once the one before it has closed.
  await sleep(200);
  await untilEmpty(connecting ? connectingMs : spareMs);
  return { connecting, left: sockets.open, ms: performance.now() - startedAt };
}

/** The most of the time that sockets stayed, of calls that had a connection and of those that had none yet; none stays for good. */
async function longest(all: readonly Emptied[]): Promise<{ spare: string; connecting: string }> {
  const ended = await Promise.all(all);
  expect(ended.filter(({ left }) => left > 0)).toEqual([]);
  const most = (which: boolean): string =>
    `${(Math.max(...ended.filter(({ connecting }) => connecting === which).map(({ ms }) => ms)) / 1000).toFixed(1)} s`;
  return { spare: most(false), connecting: most(true) };
}

const inTime = ({ lateMs, closedMs }: { lateMs: number; closedMs: number }): boolean =>
  lateMs <= 250 && closedMs <= 500;

test("R04: 4 phases of 7 calls end by the deadline + 250 ms as a TimeoutError; no request's socket outlives it by 500 ms, and none stays for good", async () => {
  const tried = await Promise.all(
    callNames.flatMap((name) =>
      Object.entries(phases).map(([phase, respond]) =>
        within(
          inTime,
          () => getsStuck(name, phase, respond, 300),
          ({ error }) => {
            const expected = { name: errorName(name), kind: "network", cause: { name: "TimeoutError" } };
            expect([name, phase, error]).toMatchObject([name, phase, expected]);
          },
        ),
      ),
    ),
  );
  const stuck = tried.map(({ measured }) => measured);
  const lateMs = Math.max(...stuck.map((each) => each.lateMs));
  const closedMs = Math.max(...stuck.map((each) => each.closedMs));
  expect(stuck).toHaveLength(28);
  expect(lateMs).toBeLessThanOrEqual(250);
  expect(closedMs).toBeLessThanOrEqual(500);
  const { spare, connecting } = await longest(stuck.map((each) => each.emptied));
  figure(
    "R04",
    `${stuck.length} calls ended at most ${lateMs.toFixed(0)} ms after a bare timer (${repeatsIn(tried)} measured again), their sockets closed after ${closedMs.toFixed(0)} ms; Node kept spare ones for ${spare}, and ${connecting} those that were still connecting`,
  );
});

const repeatsIn = (tried: readonly { readonly repeated: number }[]): number =>
  tried.filter(({ repeated }) => repeated > 0).length;

/** When the caller aborts, and what octane does until then. */
type AbortPoint = {
  readonly respond: Respond | "connect";
  readonly until: (asked: Promise<void>) => unknown;
};

/** What was written has long been read after this. */
const settled = async (asked: Promise<void>): Promise<void> => {
  await asked;
  await sleep(60);
};
const putOff = httpText(
  503,
  { ...json, "retry-after": "5", connection: "close" },
  JSON.stringify({ error: { code: "rate_limited", message: "" }, request_id: "r-1" }),
);

const abortPoints: Readonly<Record<string, AbortPoint>> = {
  "in the same tick": { respond: () => {}, until: () => {} },
  "a turn later": { respond: () => {}, until: () => nextTurn() },
  "while connecting": { respond: "connect", until: () => sleep(60) },
  "before the headers": { respond: () => {}, until: (asked) => asked },
  "after the headers": { respond: (socket, request) => socket.write(headOf(request)), until: settled },
  "within the body": { respond: phases.stall as Respond, until: settled },
  "in a pause between two tries": { respond: (socket) => socket.end(putOff), until: settled },
};

async function isAborted(name: CallName, point: string, { respond, until }: AbortPoint) {
  let heard = (): void => {};
  const asked = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const octane = await startRawOctane((socket, request) => {
    if (respond !== "connect") respond(socket, request);
    heard();
  });
  const octaneUrl = respond === "connect" ? octane.url.replace("http:", "https:") : octane.url;
  const controller = new AbortController();
  const reason = new Error("the caller has had enough");
  const failed = failureOf(calls[name]({ octaneUrl, signal: controller.signal }));
  await until(asked);
  const listening = getEventListeners(controller.signal, "abort").length;
  const abortedAt = performance.now();
  controller.abort(reason);
  const error = await failed;
  const tookMs = performance.now() - abortedAt;
  const listeners = getEventListeners(controller.signal, "abort").length;
  return {
    name,
    point,
    error,
    reason,
    tookMs,
    listening,
    listeners,
    closedMs: await octane.untilQuiet(2_000),
    emptied: emptied(octane, respond === "connect"),
  };
}

/** The point at which nothing has begun yet. */
async function abortedBefore(name: CallName) {
  const octane = await startRawOctane(() => {});
  const reason = new Error("the caller has had enough");
  const signal = AbortSignal.abort(reason);
  const abortedAt = performance.now();
  const error = await failureOf(calls[name]({ octaneUrl: octane.url, signal }));
  const tookMs = performance.now() - abortedAt;
  const listeners = getEventListeners(signal, "abort").length;
  expect(octane.sockets.accepted).toBe(0);
  const point = "before the call";
  const none = { closedMs: 0, emptied: emptied(octane, false) };
  return { name, point, error, reason, tookMs, listening: 1, listeners, ...none };
}

/** The first fetch of a process and the first signature load their code. */
async function warmUp(): Promise<void> {
  const { url: octaneUrl } = await startRawOctane((socket, request) => socket.write(goodText(request)));
  await calls.sign({ octaneUrl });
}

const atOnce = ({ tookMs, closedMs }: { tookMs: number; closedMs: number }): boolean =>
  tookMs <= 50 && closedMs <= 500;

type Aborted = Awaited<ReturnType<typeof isAborted>>;

function checkAborted({ name, point, error, reason, listening, listeners }: Aborted): void {
  expect([name, point, error]).toMatchObject([name, point, { name: errorName(name), kind: "network" }]);
  expect((error as Error).cause).toBe(reason);
  expect([name, point, listening > 0, listeners]).toEqual([name, point, true, 0]);
}

test("R05: an abort at 8 points of 7 calls rejects within 50 ms with its reason, and leaves no listener, no request's socket, and none for good", async () => {
  await warmUp();
  const tried: Measured<Aborted>[] = [];
  for (const name of callNames) {
    // One after the other: what is measured is microtasks, which the others' would stand between.
    tried.push(await within(atOnce, () => abortedBefore(name), checkAborted));
    for (const [point, each] of Object.entries(abortPoints))
      tried.push(await within(atOnce, () => isAborted(name, point, each), checkAborted));
  }
  const aborted = tried.map(({ measured }) => measured);
  const tookMs = Math.max(...aborted.map((each) => each.tookMs));
  const closedMs = Math.max(...aborted.map((each) => each.closedMs));
  expect(aborted).toHaveLength(56);
  expect(tookMs).toBeLessThanOrEqual(50);
  expect(closedMs).toBeLessThanOrEqual(500);
  const { spare, connecting } = await longest(aborted.map((each) => each.emptied));
  figure(
    "R05",
    `${aborted.length} aborts rejected within ${tookMs.toFixed(1)} ms (${repeatsIn(tried)} measured again), 0 listeners, their sockets closed after ${closedMs.toFixed(0)} ms; Node kept spare ones for ${spare}, and ${connecting} those that were still connecting`,
  );
});

type Racer = {
  readonly client: AstrotrainClient;
  readonly address: string;
  /** When octane is to send the answer to a payload's number, and when it has. */
  readonly dueAt: Map<number, number>;
  readonly sentAt: Map<number, number>;
};

/** An octane that has its answers ready and sends each when it is due. */
async function startRacer(): Promise<Racer> {
  const paired = await pairedEmulator();
  const dueAt = new Map<number, number>();
  const sentAt = new Map<number, number>();
  const proxy = await startThroughEmulator(paired.emulator, async (socket, { status, body }, request) => {
    const n = numberIn(request);
    const leftMs = (dueAt.get(n) ?? 0) - performance.now();
    if (leftMs > 0) await sleep(leftMs);
    sentAt.set(n, performance.now());
    socket.write(httpText(status, json, body));
  });
  const client = new AstrotrainClient({ octaneUrl: proxy.url, ...paired.keys });
  return { client, address: paired.evmAddress, dueAt, sentAt };
}

const requestOf = (address: string, n: number) =>
  ({ address, payload: payloadOf(n), algo: "secp256k1" }) as const;

/** How long an answer takes from octane to the caller, checks included: the middle of a few. */
async function wayBackMs({ client, address, sentAt }: Racer): Promise<number> {
  const took = await concurrently(9, 3, async (i) => {
    const n = 1_000_000 + i;
    await client.sign(requestOf(address, n));
    return performance.now() - (sentAt.get(n) ?? 0);
  });
  return took.sort((a, b) => a - b)[4] ?? 0;
}

type Race = {
  readonly n: number;
  readonly deadlineAt: number;
  readonly answer?: string;
  readonly error?: unknown;
  readonly late: boolean;
};

/** Half of them race the clock, half the caller's signal. */
async function race(
  { client, address, dueAt }: Racer,
  n: number,
  deadlineMs: number,
  dueMs: number,
): Promise<Race> {
  const controller = new AbortController();
  let over = false;
  const startedAt = performance.now();
  const deadlineAt = startedAt + deadlineMs;
  dueAt.set(n, startedAt + dueMs);
  const byTheClock = n % 2 === 0;
  const limits = byTheClock ? { timeoutMs: deadlineMs } : { signal: controller.signal };
  const call = client.sign({ ...requestOf(address, n), ...limits });
  // Timers of one length fire in the order in which they were set: the client's own goes first.
  const timer = setTimeout(() => {
    over = true;
    if (!byTheClock) controller.abort(new DOMException("enough", "TimeoutError"));
  }, deadlineMs);
  try {
    const { device_signature: answer } = await call;
    return { n, deadlineAt, answer, late: over };
  } catch (error) {
    return { n, deadlineAt, error, late: false };
  } finally {
    clearTimeout(timer);
  }
}

const bothHaveWon = (ended: readonly Race[]): boolean =>
  new Set(ended.map(({ answer }) => answer === undefined)).size === 2;

/** Of the races, those in which octane sent its answer so near to the deadline; one not sent yet is none. */
const near = ({ sentAt }: Racer, ended: readonly Race[]): number =>
  ended.filter(({ n, deadlineAt }) => Math.abs((sentAt.get(n) ?? Number.NaN) - deadlineAt) <= 20).length;

test("R03: 500 answers within 20 ms of the deadline or abort are right or refused, and none comes after it", async () => {
  const racer = await startRacer();
  const random = seededRandom(3);
  const deadlineMs = 200;
  // How long before the deadline octane has to answer for both to win now and then: it follows what the machine is at.
  let leadMs = await wayBackMs(racer);
  const run = async (n: number): Promise<Race> => {
    const dueMs = deadlineMs - leadMs + random() * 40 - 20;
    const raced = await race(racer, n, deadlineMs, Math.max(0, dueMs));
    leadMs += raced.answer === undefined ? 4 : -4;
    return raced;
  };
  const ended = await concurrently(rounds(500), 8, run);
  const isRace = (): boolean => bothHaveWon(ended) && near(racer, ended) >= ended.length / 3;
  // A race that one side always wins is none: a machine that can't keep up gets more of them, one at a time.
  for (let n = ended.length; n < 5_000 && !isRace(); n++) ended.push(await run(n));
  racer.client.close();
  const answered = ended.filter(({ answer }) => answer !== undefined);
  for (const { n, answer = "" } of answered)
    expect([n, isSignatureOver(payloadOf(n), answer)]).toEqual([n, true]);
  for (const { error } of ended.filter((each) => each.answer === undefined))
    expect(error).toMatchObject({ name: "SignError", kind: "network", cause: { name: "TimeoutError" } });
  const late = ended.filter((each) => each.late).length;
  expect(late).toBe(0);
  expect(bothHaveWon(ended)).toBe(true);
  const close = near(racer, ended);
  expect(close).toBeGreaterThanOrEqual(ended.length / 3);
  figure(
    "R03",
    `${ended.length} races, ${close} of them with octane's answer within 20 ms of the deadline; ${answered.length} answered in time, ${late} late answers delivered`,
  );
}, 600_000);

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();

/** Header lines, and the milliseconds that they may mean: a range where the clock has a say. */
const retryAfters = (): readonly (readonly [string | readonly string[], number | undefined, number?])[] => [
  ["0", 0],
  ["7", 7_000],
  ["60", 60_000],
  ["61", 60_000],
  ["1000000000000", 60_000],
  ["9".repeat(400), 60_000],
  ["1e12", undefined],
  ["-1", undefined],
  ["NaN", undefined],
  ["1.5", undefined],
  [["5", "10"], undefined],
  [inSeconds(30), 20_000, 30_000],
  [inSeconds(-3_600), 0],
  ["Fri, 31 Dec 9999 23:59:59 GMT", 60_000],
];

test("R06: 14 forms of Retry-After are between 0 and 60 s or nothing", async () => {
  const forms = retryAfters();
  for (const [header, least, most = least] of forms) {
    // 413 may have the header as well, and is never asked again.
    const octane = await startRawOctane((socket) =>
      socket.write(httpText(413, { ...json, "retry-after": header }, "{}")),
    );
    const error = await failureOf(getEnabledWallets({ octaneUrl: octane.url, apiKey, pairId }));
    const { retryAfterMs } = error as { retryAfterMs?: number };
    expect([header, error]).toMatchObject([header, { kind: "http", status: 413 }]);
    if (least === undefined || most === undefined)
      expect([header, retryAfterMs]).toEqual([header, undefined]);
    else
      expect([header, Math.min(Math.max(retryAfterMs ?? Number.NaN, least), most)]).toEqual([
        header,
        retryAfterMs,
      ]);
  }
  expect(forms).toHaveLength(14);
  const clamped = forms.filter(([, ms]) => ms !== undefined).length;
  figure("R06", `${clamped} forms clamped to 0 to 60 s, ${forms.length - clamped} ignored`);
});
