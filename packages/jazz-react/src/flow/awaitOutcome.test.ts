import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cut, event, scriptedProxy, stream } from "../../test/scriptedProxy.js";
import { awaitOutcome } from "./awaitOutcome.js";

const sessionId = "s-1";
const completed = {
  kind: "pair_completed",
  pair_id: "00000000-0000-0000-0000-000000000000",
  session_id: sessionId,
  sp_user_ref: "ada",
  bindings: [{ chain: "base", wallet_index: 0, access: "sign" }],
  completed_at: "2026-01-01T00:01:00Z",
};
const completed_at = "2026-01-01T00:01:00Z";

const wait = (signal: AbortSignal = new AbortController().signal): Promise<unknown> =>
  awaitOutcome({ octaneUrl: "/api/", apiKey: "proxied-server-side", sessionId }, signal);

/** What a wait ends with, with all its pauses gone by. */
async function end(running: Promise<unknown>): Promise<unknown> {
  const ended = running.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return ended;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("awaitOutcome", () => {
  test("default", async () => {
    const { asked } = scriptedProxy(
      stream(": waiting\n\n", "id: 1\nevent: pair_completed\n", event(completed)),
    );
    expect(await end(wait())).toEqual(completed);
    expect(asked[0]?.url).toBe("https://app.example/api/sp/pair/sessions/s-1/result");
    expect(asked[0]?.headers.get("authorization")).toBe("Bearer proxied-server-side");
    expect(asked[0]?.redirect).toBe("error");
  });

  test("behavior: what the server's onPaired returned as toPage is there as well", async () => {
    scriptedProxy(stream(event({ ...completed, paired: { wallets: 2 } })));
    expect(await end(wait())).toMatchObject({ paired: { wallets: 2 } });
  });

  test("behavior: a rejection, an expiry, and a result in JSON", async () => {
    scriptedProxy(stream(event({ kind: "pair_rejected", reason: "user_rejected", completed_at })));
    expect(await end(wait())).toMatchObject({ name: "PairError", kind: "rejected", reason: "user_rejected" });
    scriptedProxy(stream(event({ kind: "pair_expired", completed_at })));
    expect(await end(wait())).toMatchObject({ name: "PairError", kind: "expired", completed_at });
    scriptedProxy(Response.json(completed));
    expect(await end(wait())).toEqual(completed);
  });

  test("behavior: an event that comes in pieces, without an empty line at the end, among others", async () => {
    const text = `data: ${JSON.stringify(completed)}`;
    const others = event({ kind: "phone_seen" });
    scriptedProxy(stream(others, text.slice(0, 9), text.slice(9, 80), text.slice(80)));
    expect(await end(wait())).toEqual(completed);
  });

  const passing = [
    ["an answer that ends without a result", () => stream(": waiting\n\n")],
    ["not yet", () => new Response(null, { status: 204 })],
    ["429", () => Response.json({ error: { code: "rate_limited" } }, { status: 429 })],
    ["502 in HTML", () => new Response("<h1>Bad Gateway", { status: 502 })],
    ["no connection", () => new TypeError("Failed to fetch")],
    ["45 seconds of silence", () => "silence" as const],
  ] as const;
  test.each(passing)("behavior: asks again after %s", async (_, answer) => {
    const { asked } = scriptedProxy(answer(), answer(), stream(event(completed)));
    expect(await end(wait())).toEqual(completed);
    expect(asked).toHaveLength(3);
  });

  const final = [
    [
      "404",
      () => Response.json({ error: { code: "not_found" } }, { status: 404 }),
      { kind: "http", status: 404, code: "not_found" },
    ],
    [
      "401 in HTML",
      () => new Response("<h1>Log in", { status: 401 }),
      { kind: "http", status: 401, body: "<h1>Log in" },
    ],
    ["what is no JSON", () => stream("data: {oops\n\n"), { kind: "deserialise" }],
    ["HTML with 200", () => new Response("<h1>Hello"), { kind: "deserialise" }],
    ["null", () => stream("data: null\n\n"), { kind: "deserialise" }],
    [
      "another session's result",
      () => stream(event({ ...completed, session_id: "s-2" })),
      { kind: "deserialise" },
    ],
    [
      "a result without bindings",
      () => stream(event({ ...completed, bindings: null })),
      { kind: "deserialise" },
    ],
  ] as const;
  test.each(final)("behavior: %s is final", async (_, answer, expected) => {
    const { asked } = scriptedProxy(answer());
    expect(await end(wait())).toMatchObject({ name: "PairError", ...expected });
    expect(asked).toHaveLength(1);
  });

  test("behavior: gives up when the proxy stays out of reach, but not when it only cuts", async () => {
    const { asked } = scriptedProxy(new TypeError("Failed to fetch"));
    expect(await end(wait())).toMatchObject({ kind: "network", cause: { message: "Failed to fetch" } });
    expect(asked).toHaveLength(9);
    for (const how of ["ends", "breaks"] as const) {
      const cuts = Array.from({ length: 30 }, () => cut(how));
      scriptedProxy(...cuts, stream(event(completed)));
      expect(await end(wait())).toEqual(completed);
    }
  });

  test("behavior: gives up on streams that end at once without a result, but not on 'not yet'", async () => {
    const { asked } = scriptedProxy(stream(": waiting\n\n"));
    expect(await end(wait())).toMatchObject({
      kind: "deserialise",
      message: expect.stringContaining("without a result"),
    });
    expect(asked).toHaveLength(9);
    const answers = Array.from({ length: 30 }, () => new Response(null, { status: 204 }));
    scriptedProxy(...answers, stream(event(completed)));
    expect(await end(wait())).toEqual(completed);
  });

  test("behavior: says when the proxy has answered for the session, before it has ended", async () => {
    scriptedProxy(cut("ends"));
    const heard = vi.fn();
    const controller = new AbortController();
    const waiting = awaitOutcome({ octaneUrl: "/api", apiKey: "", sessionId }, controller.signal, heard);
    await vi.advanceTimersByTimeAsync(1);
    expect(heard).toHaveBeenCalledOnce();
    controller.abort();
    await end(waiting);
    scriptedProxy(new Response(null, { status: 404 }));
    const unheard = vi.fn();
    await end(
      awaitOutcome({ octaneUrl: "/api", apiKey: "", sessionId }, new AbortController().signal, unheard),
    );
    expect(unheard).not.toHaveBeenCalled();
  });

  test("behavior: an abort ends it, while it is answered and between two tries", async () => {
    for (const answer of ["silence", new TypeError("Failed to fetch")] as const) {
      const { asked } = scriptedProxy(answer);
      const controller = new AbortController();
      const running = wait(controller.signal).catch(() => "ended");
      await vi.advanceTimersByTimeAsync(1);
      controller.abort();
      expect(await running).toBe("ended");
      await vi.runAllTimersAsync();
      expect(asked).toHaveLength(1);
      expect(vi.getTimerCount()).toBe(0);
    }
  });
});
