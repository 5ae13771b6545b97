import { inspect } from "node:util";
import { awaitPairResult } from "@sigil/astrotrain/pairing";
import { describe, expect, test, vi } from "vitest";
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

  test("behavior: what onPaired returns is shown", async () => {
    const { emulator, proxy } = setup({ onPaired: ({ entries }) => ({ wallets: entries.length }) });
    const ada = page(proxy.fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    await emulator.appliance.open(pair_uri, { code: validation_code });
    expect(eventIn(await ada.result(session_id))).toMatchObject({ paired: { wallets: 2 } });
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
      expect(vi.getTimerCount()).toBe(0);
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

describe("configuration", () => {
  test.each([
    ["octaneUrl", "http://octane.example"],
    ["octaneUrl", "/api"],
    ["octaneUrl", "https://user:secret@octane.example"],
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
});
