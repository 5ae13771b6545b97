import { inspect } from "node:util";
import { awaitPairResult } from "@sigil/astrotrain/pairing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { eventIn, page } from "../test/page.js";
import { origin, setup } from "../test/setup.js";
import { createSigilProxy } from "./index.js";

describe("a session", () => {
  test("default: is minted, approved, validated and handed over", async () => {
    const { emulator, proxy, paired, calls } = setup();
    const ada = page(proxy.fetch, "ada");
    const minted = await ada.mint();
    expect(minted.validation_code).toMatch(/^[0-9]{6}$/);
    expect(await ada.state(minted.session_id)).toBe("waiting");

    const waiting = ada.result(minted.session_id);
    await emulator.appliance.open(minted.pair_uri, { code: minted.validation_code });
    const event = eventIn(await waiting);
    expect(event).toMatchObject({
      kind: "pair_completed",
      sp_user_ref: "ada",
      session_id: minted.session_id,
    });

    const [pair] = emulator.appliance.pairs();
    expect(pair).toMatchObject({ state: "active", sp_user_ref: "ada" });
    expect(paired).toEqual([
      {
        userId: "ada",
        pairId: pair?.pair_id,
        sessionId: minted.session_id,
        entries: expect.arrayContaining([expect.objectContaining({ chain: "base", sign: true })]),
      },
    ]);
    expect(await ada.state(minted.session_id)).toBe("completed");
    expect(calls.every(({ url }) => url.startsWith("https://octane.test/sp/"))).toBe(true);
  });

  test("behavior: octane does not learn the code with the session, and the page does not learn the pair's id", async () => {
    const { emulator, proxy, paired, calls } = setup();
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    expect(await calls[0]?.text()).not.toContain(validation_code);
    await emulator.appliance.open(pair_uri, { code: validation_code });
    const text = await ada.result(session_id);
    expect(paired).toHaveLength(1);
    expect(text).not.toContain(paired[0]?.pairId);
    expect(eventIn(text)).not.toHaveProperty("paired");
  });

  test.each([
    ["a row of a database", { id: 1, passwordHash: "secret" }],
    ["many", [{ passwordHash: "secret" }]],
    ["a text", "secret"],
    ["null", null],
    ["nothing for the page", { toPage: undefined, passwordHash: "secret" }],
  ])("behavior: what onPaired returns stays on the server: %s", async (_, returned) => {
    const { emulator, proxy } = setup({ onPaired: async () => returned });
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    await emulator.appliance.open(pair_uri, { code: validation_code });
    const text = await ada.result(session_id);
    expect(eventIn(text)).toMatchObject({ kind: "pair_completed" });
    expect(eventIn(text)).not.toHaveProperty("paired");
    expect(text).not.toContain("secret");
  });

  test("behavior: what onPaired returns as toPage is shown", async () => {
    const { emulator, proxy } = setup({
      onPaired: ({ entries }) => ({ toPage: { wallets: entries.length }, passwordHash: "secret" }),
    });
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    await emulator.appliance.open(pair_uri, { code: validation_code });
    const text = await ada.result(session_id);
    expect(eventIn(text)).toMatchObject({ paired: { wallets: 2 } });
    expect(text).not.toContain("secret");
  });

  test("behavior: the pairing call of astrotrain reads the result through the proxy", async () => {
    const { emulator, proxy } = setup();
    const ada = page(proxy.fetch, "ada");
    const { session_id: sessionId, pair_uri, validation_code } = await ada.mint();
    await emulator.appliance.open(pair_uri, { code: validation_code });
    const fetch: typeof globalThis.fetch = (url, init) =>
      ada.get(new URL(String(url)).pathname.slice("/api".length), init);
    const octane = { octaneUrl: `${origin}/api`, apiKey: "proxied-server-side", fetch };
    expect(await awaitPairResult({ ...octane, sessionId })).toMatchObject({ session_id: sessionId });
  });

  test("behavior: a result is told as often as it is asked for, and kept from then on", async () => {
    const { emulator, proxy, paired, calls } = setup();
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    await emulator.appliance.open(pair_uri, { code: validation_code });
    const first = await ada.result(session_id);
    const asked = calls.length;
    expect(await ada.result(session_id)).toBe(first);
    expect(calls).toHaveLength(asked);
    expect(paired).toHaveLength(1);
  });

  test("behavior: rejected and expired are told by words of ours", async () => {
    const { emulator, proxy, paired } = setup({}, { approval: "manual" });
    const ada = page(proxy.fetch, "ada");
    const rejected = await ada.mint();
    const card = await emulator.appliance.open(rejected.pair_uri, { code: rejected.validation_code });
    await card.reject("<b>the owner's own text</b>");
    const text = await ada.result(rejected.session_id);
    expect(eventIn(text)).toMatchObject({ kind: "pair_rejected", reason: "user_rejected" });
    expect(text).not.toContain("owner");

    const expired = await ada.mint();
    emulator.clock.advance(301_000);
    expect(eventIn(await ada.result(expired.session_id))).toMatchObject({ kind: "pair_expired" });
    expect([await ada.state(rejected.session_id), await ada.state(expired.session_id)]).toEqual([
      "rejected",
      "expired",
    ]);
    expect(paired).toEqual([]);
  });

  test("behavior: with a wrong code on the phone it is over, and its pair revoked", async () => {
    const { emulator, proxy, paired } = setup();
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    const wrong = validation_code === "000000" ? "000001" : "000000";
    await emulator.appliance.open(pair_uri, { code: wrong });
    const event = eventIn(await ada.result(session_id));
    expect(event).toMatchObject({ kind: "pair_rejected", reason: "wrong_validation_code" });
    expect(emulator.appliance.pairs()).toMatchObject([{ state: "revoked" }]);
    expect(paired).toEqual([]);
  });
});

describe("cancel", () => {
  test("default: ends the wait here and upstream, and what is approved later is not validated", async () => {
    const { emulator, proxy, paired, calls, aborted } = setup();
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    const waiting = ada.result(session_id);
    await expect.poll(() => calls.length).toBe(2);
    const answer = await ada.post(`/sp/pair/sessions/${session_id}/cancel`);
    expect(await answer.json()).toMatchObject({ session_id, state: "rejected" });
    expect(eventIn(await waiting)).toMatchObject({ kind: "pair_rejected", reason: "cancelled" });
    expect(aborted()).toBe(1);

    await emulator.appliance.open(pair_uri, { code: validation_code });
    expect(eventIn(await ada.result(session_id))).toMatchObject({ reason: "cancelled" });
    expect(emulator.appliance.pairs()).toMatchObject([{ state: "pending" }]);
    expect(paired).toEqual([]);
  });

  test("behavior: comes too late for a session that is complete", async () => {
    const { emulator, proxy } = setup();
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    await emulator.appliance.open(pair_uri, { code: validation_code });
    await ada.result(session_id);
    const answer = await ada.post(`/sp/pair/sessions/${session_id}/cancel`);
    expect(await answer.json()).toMatchObject({ state: "completed" });
  });

  test("behavior: waits for an onPaired that is running, and is told how that went", async () => {
    let finish = (): void => {};
    const onPaired = vi.fn(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    const { emulator, proxy } = setup({ onPaired });
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    const waiting = ada.result(session_id);
    await emulator.appliance.open(pair_uri, { code: validation_code });
    await expect.poll(() => onPaired.mock.calls.length).toBe(1);
    const cancelled = ada.post(`/sp/pair/sessions/${session_id}/cancel`);
    // By the time that octane has answered this, the cancellation would have been decided.
    await ada.mint();
    expect(await ada.state(session_id)).toBe("waiting");
    finish();
    expect(await (await cancelled).json()).toMatchObject({ state: "completed" });
    expect(eventIn(await waiting)).toMatchObject({ kind: "pair_completed" });
  });

  test("behavior: after an onPaired that threw, the pair that was validated is revoked", async () => {
    const onPaired = vi.fn().mockRejectedValueOnce(new Error("the database is away"));
    const { emulator, proxy } = setup({ onPaired });
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    await emulator.appliance.open(pair_uri, { code: validation_code });
    await ada.result(session_id);
    expect(emulator.appliance.pairs()).toMatchObject([{ state: "active" }]);
    const answer = await ada.post(`/sp/pair/sessions/${session_id}/cancel`);
    expect(await answer.json()).toMatchObject({ state: "rejected" });
    expect(emulator.appliance.pairs()).toMatchObject([{ state: "revoked" }]);
    expect(onPaired).toHaveBeenCalledOnce();
  });

  test("behavior: where that revocation fails, it fails too, and asking again revokes", async () => {
    const onPaired = vi.fn().mockRejectedValueOnce(new Error("the database is away"));
    let away = true;
    const octane = setup();
    const { proxy, errors } = setup({
      onPaired,
      apiKey: octane.config.apiKey,
      fetch: async (input, init) =>
        away && init?.method === "DELETE"
          ? new Response("octane is away", { status: 500 })
          : octane.emulator.fetch(input, init),
    });
    const { appliance } = octane.emulator;
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    await appliance.open(pair_uri, { code: validation_code });
    await ada.result(session_id);
    const failed = await ada.post(`/sp/pair/sessions/${session_id}/cancel`);
    expect(failed.status).toBe(502);
    expect(await ada.state(session_id)).toBe("waiting");
    expect(appliance.pairs()).toMatchObject([{ state: "active" }]);
    expect(errors).toMatchObject([{ message: "the database is away" }, { kind: "http", status: 500 }]);

    away = false;
    const answer = await ada.post(`/sp/pair/sessions/${session_id}/cancel`);
    expect(await answer.json()).toMatchObject({ state: "rejected" });
    expect(appliance.pairs()).toMatchObject([{ state: "revoked" }]);
    expect(onPaired).toHaveBeenCalledOnce();
  });
});

describe("waiting", () => {
  test("default: is an event stream that nothing on the way holds back", async () => {
    const { emulator, proxy } = setup();
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    const response = await ada.get(`/sp/pair/sessions/${session_id}/result`);
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    });
    await emulator.appliance.open(pair_uri, { code: validation_code });
    expect(await response.text()).toMatch(/^: .+\n\nid: 1\nevent: pair_completed\ndata: .+\n\n$/);
  });

  test("behavior: a comment at once, and a ping every 15 s", async () => {
    const { proxy } = setup();
    const ada = page(proxy.fetch, "ada");
    const { session_id } = await ada.mint();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      const response = await ada.get(`/sp/pair/sessions/${session_id}/result`);
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      expect((await reader.read()).value).toMatch(/^: .+\n\n$/);
      for (let time = 0; time < 3; time += 1) {
        const next = reader.read();
        vi.advanceTimersByTime(14_999);
        expect(await Promise.race([next, Promise.resolve("nothing yet")])).toBe("nothing yet");
        vi.advanceTimersByTime(1);
        expect((await next).value).toBe(": ping\n\n");
      }
      await reader.cancel();
      // Octane's own go too, once it has seen that nobody waits.
      await expect.poll(() => vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test("behavior: the last who leaves ends the wait upstream, and who comes later waits anew", async () => {
    const { emulator, proxy, paired, calls, aborted } = setup();
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    const path = `/sp/pair/sessions/${session_id}/result`;
    const [first, second] = [await ada.get(path), await ada.get(path)];
    const waits = () => calls.filter(({ url }) => url.endsWith("/result")).length;
    await expect.poll(waits).toBe(1);
    await first.body?.cancel();
    expect(aborted()).toBe(0);
    await second.body?.cancel();
    await expect.poll(aborted).toBe(1);

    const third = ada.result(session_id);
    await expect.poll(waits).toBe(2);
    await emulator.appliance.open(pair_uri, { code: validation_code });
    expect(eventIn(await third)).toMatchObject({ kind: "pair_completed" });
    expect(paired).toHaveLength(1);
  });
});

describe("a crowd", () => {
  test("behavior: of a hundred who approve at once, octane is asked for 64 at a time, and all are paired", async () => {
    const [gate, open] = gateOf();
    let [now, most] = [0, 0];
    const { emulator, proxy, paired, errors } = setup({
      fetch: async (input, init) => {
        if (!String(input).includes("/validate")) return emulator.fetch(input, init);
        now += 1;
        most = Math.max(most, now);
        await gate;
        now -= 1;
        return emulator.fetch(input, init);
      },
    });
    const users = Array.from({ length: 100 }, (_, i) => page(proxy.fetch, `user${i}`));
    const approved = Promise.all(users.map((user) => user.pair(emulator.appliance)));
    await expect.poll(() => emulator.appliance.pairs().length).toBe(100);
    await expect.poll(() => now).toBe(64);
    open();
    await approved;
    expect(new Set(paired.map(({ userId }) => userId)).size).toBe(100);
    expect([most, errors]).toEqual([64, []]);
  });

  test("behavior: one whose completion fails leaves its place to the next", async () => {
    let fail = true;
    const { emulator, proxy, paired, errors } = setup({
      fetch: async (input, init) => {
        if (fail && String(input).includes("/validate")) throw new TypeError("no network");
        return emulator.fetch(input, init);
      },
    });
    const users = Array.from({ length: 70 }, (_, i) => page(proxy.fetch, `user${i}`));
    const minted = await Promise.all(users.map((user) => user.pair(emulator.appliance)));
    expect([paired.length, errors.length]).toEqual([0, 70]);
    fail = false;
    await Promise.all(users.map((user, i) => user.result(minted[i]?.session_id ?? "")));
    expect(paired).toHaveLength(70);
  });
});

/** A promise, and what fulfils it. */
function gateOf(): [Promise<void>, () => void] {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  return [gate, open];
}

describe("without a page", () => {
  test("default: what was approved after the page had gone, the SP's own server completes by asking", async () => {
    const token = crypto.randomUUID();
    const { emulator, proxy, paired } = setup({
      authorize: ({ headers }) =>
        headers.get("cookie") === "theme=dark; user=ada" || headers.get("x-own-server") === token
          ? { userId: "ada" }
          : null,
    });
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    const path = `/api/sp/pair/sessions/${session_id}/result`;
    const left = await ada.get(path.slice("/api".length));
    await left.body?.cancel();
    await emulator.appliance.open(pair_uri, { code: validation_code });
    expect(paired).toEqual([]);

    const headers = { "x-own-server": token };
    await (await proxy.fetch(new Request(origin + path, { headers }))).text();
    expect(paired).toMatchObject([{ userId: "ada", sessionId: session_id }]);
    expect(emulator.appliance.pairs()).toMatchObject([{ state: "active" }]);
  });
});

describe("onPaired", () => {
  test("behavior: runs once for two who wait", async () => {
    const { emulator, proxy, paired } = setup();
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    const both = Promise.all([ada.result(session_id), ada.result(session_id)]);
    await emulator.appliance.open(pair_uri, { code: validation_code });
    const [one, two] = (await both).map(eventIn);
    expect(one).toMatchObject({ kind: "pair_completed" });
    expect(two).toEqual(one);
    expect(paired).toHaveLength(1);
  });

  test("behavior: goes on when everybody leaves meanwhile, and is not begun twice", async () => {
    let finish = (): void => {};
    const onPaired = vi.fn(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    const { emulator, proxy, calls } = setup({ onPaired });
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    await emulator.appliance.open(pair_uri, { code: validation_code });
    const path = `/sp/pair/sessions/${session_id}/result`;
    const left = await ada.get(path);
    await expect.poll(() => onPaired.mock.calls.length).toBe(1);
    await left.body?.cancel();
    const again = await ada.get(path);
    // By the time that octane has answered this, a second wait would have reached it too.
    await ada.mint();
    expect(calls.filter(({ url }) => url.endsWith("/result"))).toHaveLength(1);
    finish();
    expect(eventIn(await again.text())).toMatchObject({ kind: "pair_completed" });
    expect(onPaired).toHaveBeenCalledOnce();
  });

  test("behavior: throws, and runs again with the next wait", async () => {
    const onPaired = vi
      .fn()
      .mockRejectedValueOnce(new Error("the database is away"))
      .mockResolvedValue(undefined);
    const { emulator, proxy, errors } = setup({ onPaired });
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    await emulator.appliance.open(pair_uri, { code: validation_code });
    const failed = await ada.result(session_id);
    expect(eventIn(failed)).toBeUndefined();
    expect(failed).not.toContain("database");
    expect(errors).toEqual([expect.objectContaining({ message: "the database is away" })]);
    expect(await ada.state(session_id)).toBe("waiting");

    expect(eventIn(await ada.result(session_id))).toMatchObject({ kind: "pair_completed" });
    const [[before], [after]] = onPaired.mock.calls as [[unknown], [unknown]];
    expect(after).toEqual(before);
    expect(onPaired).toHaveBeenCalledTimes(2);
  });
});

describe("answers", () => {
  test("behavior: no text of octane's reaches a page, nor the API key", async () => {
    const { proxy, config, errors } = setup({ apiKey: "not-a-key-octane-knows" });
    const answer = await page(proxy.fetch, "ada").post("/create-pair-session");
    expect(answer.status).toBe(502);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toEqual({
      error: { code: "upstream_failed", message: "The signing service failed." },
      request_id: expect.any(String),
    });
    expect(errors).toMatchObject([{ kind: "http", status: 401 }]);
    expect(inspect([errors, proxy], { depth: 9, showHidden: true })).not.toContain(config.apiKey);
  });

  test("behavior: the page's Authorization does not go up, nor its cookie", async () => {
    const { emulator, proxy, calls } = setup();
    const headers = { authorization: "Bearer of-the-page" };
    await page(proxy.fetch, "ada").post("/create-pair-session", { headers });
    expect(calls[0]?.headers.get("authorization")).toBe(`Bearer ${emulator.sp.apiKey}`);
    expect(calls[0]?.headers.has("cookie")).toBe(false);
  });

  test.each([
    ["GET", "/api/create-pair-session", 405],
    ["POST", "/api/sp/pair/sessions/x/result", 405],
    ["DELETE", "/api/sp/pairings/x", 404],
    ["POST", "/api/sp/pair/validate", 404],
    ["GET", "//evil.example/sp/pair/sessions/x", 404],
    ["GET", "/api/sp/pair/sessions/%E0%A4%A/result", 404],
    ["GET", "/api/sp/pair/sessions/unknown", 404],
    ["GET", "/sp/pair/sessions/..%2F..%2Fpairings/result", 404],
  ])("behavior: %s %s is %i, and asks octane nothing", async (method, path, status) => {
    const { proxy, calls } = setup();
    const headers = { cookie: "user=ada", origin, "content-type": "application/json" };
    const body = method === "POST" ? "{}" : null;
    const answer = await proxy.fetch(new Request(origin + path, { method, headers, body }));
    expect(answer.status).toBe(status);
    expect(calls).toEqual([]);
  });

  test("behavior: an authorize that fails lets nobody in", async () => {
    const { proxy, calls, errors } = setup({
      authorize: () => {
        throw new Error("the session store is away");
      },
    });
    const answer = await page(proxy.fetch, "ada").post("/create-pair-session");
    expect([answer.status, calls.length, errors.length]).toEqual([500, 0, 1]);
    expect(await answer.text()).not.toContain("store");
  });
});

describe("onError", () => {
  /** What a server without it says on its console, in one text. */
  function consoleOf(): () => string {
    const spy = vi.spyOn(console, "error").mockImplementation(() => {});
    onTestFinished(() => spy.mockRestore());
    return () => spy.mock.calls.map((args) => args.map((each) => inspect(each)).join(" ")).join("\n");
  }

  test("default: what went wrong is on the server's console", async () => {
    const said = consoleOf();
    const apiKey = "not-a-key-octane-knows";
    const { proxy } = setup({ apiKey, onError: undefined });
    expect((await page(proxy.fetch, "ada").post("/create-pair-session")).status).toBe(502);
    expect(said()).toMatch(/@sigil\/server: PairError: .*401/);
    const wrong = setup({ authorize: () => ({ userId: 42 }) as never, onError: undefined });
    expect((await page(wrong.proxy.fetch, "ada").post("/create-pair-session")).status).toBe(500);
    expect(said()).toContain("authorize must give { userId }");
  });

  test("behavior: causes are there, and neither the API key nor octane's answer", async () => {
    const said = consoleOf();
    const apiKey = "the-secret-key";
    const cause = new Error(`connect ECONNREFUSED, authorization: Bearer ${apiKey}`);
    const away = setup({ apiKey, onError: undefined, fetch: () => Promise.reject(cause) });
    await page(away.proxy.fetch, "ada").post("/create-pair-session");
    const refused = async () => new Response(`<p>answer to ${apiKey}</p>`, { status: 500 });
    await page(setup({ apiKey, onError: undefined, fetch: refused }).proxy.fetch, "ada").mint();
    expect(said()).toContain("ECONNREFUSED");
    expect(said()).not.toMatch(/the-secret-key|<p>/);
  });

  test("parameters: onError", async () => {
    const said = consoleOf();
    const { proxy, errors } = setup({ apiKey: "not-a-key-octane-knows" });
    await page(proxy.fetch, "ada").post("/create-pair-session");
    expect([errors.length, said()]).toEqual([1, ""]);
  });

  test("behavior: what a page does wrong is not told", async () => {
    const said = consoleOf();
    const { proxy } = setup({ onError: undefined });
    expect((await page(proxy.fetch).post("/create-pair-session")).status).toBe(401);
    expect((await page(proxy.fetch, "ada").get("/sp/pair/sessions/x")).status).toBe(404);
    expect(said()).toBe("");
  });
});

describe("configuration", () => {
  test.each([
    ["octaneUrl", "http://octane.example"],
    ["octaneUrl", "/api"],
    ["octaneUrl", "https://user:secret@octane.example"],
    ["octaneUrl", "https://@octane.example"],
    ["octaneUrl", "https://octane.example/?secret"],
    ["octaneUrl", "https://octane.example#secret"],
    ["octaneUrl", "https://octane.example\\secret"],
    ["octaneUrl", "https://octane.exam\nple"],
    ["apiKey", ""],
    ["apiKey", "secret\nkey"],
    ["onPaired", undefined],
    ["allowedOrigins", []],
    ["allowedOrigins[0]", ["https://app.example/"]],
    ["allowedOrigins[0]", ["null"]],
    ["allowedOrigins[0]", ["*"]],
    ["requestedScopes", []],
    ["basePath", "api"],
    ["expiresInSecs", 601],
    ["returnUrl", "https://elsewhere.example/"],
    ["store", {}],
    ["onError", "log"],
    ["fetch", "fetch"],
  ])("behavior: %s: %j is refused, unrepeated", (field, value) => {
    const { config } = setup();
    const wrong = { ...config, [field.replace("[0]", "")]: value };
    expect(() => createSigilProxy(wrong)).toThrow(expect.objectContaining({ name: "ConfigError", field }));
    expect(() => createSigilProxy(wrong)).not.toThrow(/secret/);
  });

  test.each(["stores", "basepath", "returnURL", "onerror", "alowedOrigins"])(
    "behavior: %s, which is nearly an option, is refused by its name",
    (field) => {
      const { config } = setup();
      const wrong = { ...config, [field]: "secret" };
      expect(() => createSigilProxy(wrong)).toThrow(expect.objectContaining({ name: "ConfigError", field }));
      expect(() => createSigilProxy(wrong)).not.toThrow(/secret/);
    },
  );

  test.each([
    "NEXT_PUBLIC_SIGIL_API_KEY",
    "NUXT_PUBLIC_KEY",
    "EXPO_PUBLIC_KEY",
    "PUBLIC_SIGIL_API_KEY",
    "VITE_SIGIL_API_KEY",
    "REACT_APP_KEY",
    "VUE_APP_KEY",
    "GATSBY_KEY",
  ])("behavior: an API key that %s has as well is refused by that name", (name) => {
    const { config } = setup({ apiKey: "secret-key-of-the-sp" });
    onTestFinished(() => void vi.unstubAllEnvs());
    for (const value of [config.apiKey, ` ${config.apiKey}\n`]) {
      vi.stubEnv(name, value);
      expect(() => createSigilProxy(config)).toThrow(
        expect.objectContaining({ field: "apiKey", message: expect.stringContaining(name) }),
      );
      expect(() => createSigilProxy(config)).not.toThrow(/secret-key/);
    }
    vi.stubEnv(name, "another value");
    vi.stubEnv("SIGIL_API_KEY", config.apiKey);
    createSigilProxy(config);
  });
});
