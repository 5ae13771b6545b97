import { figure, rounds } from "@sigil/testing/promises";
import { expect, test } from "vitest";
import { eventIn, page } from "../test/page.js";
import { goodPairUris, hostilePairUris } from "../test/pairUris.js";
import { goodReturnUrls, hostileReturnUrls } from "../test/returnUrls.js";
import { origin, setup } from "../test/setup.js";
import { createSigilProxy, type SigilProxyConfig } from "./index.js";

test("R46: without authorize there is no proxy", () => {
  const { config } = setup();
  const { authorize: _, ...without } = config;
  const wrong = [
    without,
    ...[undefined, null, true, "ada", {}].map((authorize) => ({ ...without, authorize })),
  ];
  for (const each of wrong) {
    expect(() => createSigilProxy(each as SigilProxyConfig)).toThrow(
      expect.objectContaining({ name: "ConfigError", field: "authorize" }),
    );
  }
  figure("R46", `${wrong.length} configurations without authorize, none accepted`);
});

test("R48: of all origins, sites and content types only our own pages' JSON gets in, or nothing without a type", async () => {
  const origins = [origin, "https://evil.example", "null", undefined];
  const sites = ["same-origin", "same-site", "cross-site", "none", undefined];
  const types = [
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    undefined,
  ];
  const cases = origins.flatMap((from) =>
    sites.flatMap((site) => types.map((type) => ({ from, site, type }))),
  );
  const { proxy, calls } = setup();
  const passed: object[] = [];
  for (const each of cases) {
    const headers = new Headers({ cookie: "user=ada" });
    if (each.type !== undefined) headers.set("content-type", each.type);
    if (each.from !== undefined) headers.set("origin", each.from);
    if (each.site !== undefined) headers.set("sec-fetch-site", each.site);
    const body = each.type === undefined ? null : "{}";
    const request = new Request(`${origin}/api/create-pair-session`, { method: "POST", headers, body });
    const { status } = await proxy.fetch(request);
    if (status === 201) passed.push(each);
    else expect([403, 415]).toContain(status);
  }
  expect(passed).toEqual([
    { from: origin, site: "same-origin", type: "application/json" },
    { from: origin, site: "same-origin", type: undefined },
    { from: origin, site: undefined, type: "application/json" },
    { from: origin, site: undefined, type: undefined },
  ]);
  expect(calls).toHaveLength(passed.length);
  figure("R48", `${passed.length} of ${cases.length} got in, ${calls.length} requests to octane`);
});

test("R50: a session is its own user's only, and so is its result", async () => {
  const { emulator, proxy, paired, calls } = setup({}, { approval: "manual" });
  const users = Array.from({ length: 50 }, (_, i) => `user${i}`);
  const pages = users.map((user) => page(proxy.fetch, user));
  const sessions = await Promise.all(pages.map((each) => each.mint()));
  const waiting = pages.map((each, i) => each.result(sessions[i]!.session_id));
  await expect.poll(() => calls.length).toBe(100);

  let refused = 0;
  for (const [i, each] of pages.entries()) {
    for (const { session_id } of sessions.filter((_, of) => of !== i)) {
      const { status } = await each.get(`/sp/pair/sessions/${session_id}/result`);
      expect(status).toBe(404);
      refused += 1;
    }
  }
  expect(calls).toHaveLength(100);

  for (const { pair_uri, validation_code: code } of sessions) {
    await (await emulator.appliance.open(pair_uri, { code })).approve();
  }
  const events = (await Promise.all(waiting)).map(eventIn);
  expect(events.map((event) => [event?.sp_user_ref, event?.session_id])).toEqual(
    users.map((user, i) => [user, sessions[i]?.session_id]),
  );
  expect(new Set(paired.map(({ userId }) => userId))).toEqual(new Set(users));
  expect(paired).toHaveLength(users.length);
  figure("R50", `${refused} readings across users refused; ${events.length} results, each to its own`);
});

test("R50: the code of another session, live as it is, pairs nobody", { timeout: 600_000 }, async () => {
  const { emulator, proxy, paired, errors } = setup({}, { approval: "manual" });
  const pages = Array.from({ length: 50 }, (_, i) => page(proxy.fetch, `user${i}`));
  const live = await Promise.all(pages.map((each) => each.mint()));
  const all = live.flatMap((_, i) => live.flatMap((_, of) => (of === i ? [] : [[i, of] as const])));
  const tried = all.filter((_, n) => n % Math.ceil(all.length / rounds(all.length)) === 0);
  // A wrong code ends a session, so each is tried on one of its own, opened by the same user.
  for (const [i, of] of tried) {
    const own = pages[i]!;
    const { validation_code: code } = live[of]!;
    let minted = await own.mint();
    while (minted.validation_code === code) minted = await own.mint();
    const { session_id, pair_uri } = minted;
    await (await emulator.appliance.open(pair_uri, { code })).approve();
    const event = eventIn(await own.result(session_id));
    expect(event).toMatchObject({ kind: "pair_rejected", reason: "wrong_validation_code" });
  }
  expect([paired, errors]).toEqual([[], []]);

  for (const [i, own] of pages.entries()) {
    const { session_id, pair_uri, validation_code: code } = live[i]!;
    expect(await own.state(session_id)).toBe("waiting");
    await (await emulator.appliance.open(pair_uri, { code })).approve();
    expect(eventIn(await own.result(session_id))).toMatchObject({ kind: "pair_completed" });
  }
  expect(paired).toHaveLength(pages.length);
  figure(
    "R50",
    `${tried.length} codes typed for another session refused; ${paired.length} for their own accepted`,
  );
});

test("R51: the phone returns to our own origins only", async () => {
  const { config } = setup();
  let chosen = "";
  const { proxy, calls, errors } = setup({
    allowedOrigins: [origin, "http://127.0.0.1:3000"],
    returnUrl: () => chosen,
  });
  const ada = page(proxy.fetch, "ada");
  for (const url of hostileReturnUrls) {
    expect(() => createSigilProxy({ ...config, returnUrl: url }), url).toThrow(/^returnUrl: /);
    chosen = url;
    expect((await ada.post("/create-pair-session")).status, url).toBe(500);
  }
  expect(calls).toEqual([]);
  expect(errors).toHaveLength(hostileReturnUrls.length);

  for (const url of goodReturnUrls) {
    chosen = url;
    createSigilProxy({ ...config, returnUrl: url });
    // What a page asks for changes nothing.
    const body = JSON.stringify({ return_url: hostileReturnUrls[0] });
    expect((await ada.post("/create-pair-session", { body })).status, url).toBe(201);
    const sent = (await calls.at(-1)?.json()) as { return_url: string };
    expect(new URL(sent.return_url).origin).toBe(origin);
    expect(sent.return_url).toBe(new URL(url).href);
  }
  expect([hostileReturnUrls.length, goodReturnUrls.length]).toEqual([64, 10]);
  expect(new Set([...hostileReturnUrls, ...goodReturnUrls]).size).toBe(74);
  figure("R51", `${hostileReturnUrls.length} hostile refused, ${calls.length} good accepted`);
});

test("R47: whoever is not logged in, or not that user, gets nothing done and nothing signed", async () => {
  const { emulator, proxy, paired, calls } = setup();
  const ada = page(proxy.fetch, "ada");
  await ada.pair(emulator.appliance);
  await page(proxy.fetch, "eve").pair(emulator.appliance);
  const { session_id } = await ada.mint();
  const session = `/sp/pair/sessions/${session_id}`;
  const [stranger, bob] = [page(proxy.fetch), page(proxy.fetch, "bob")];
  const ask = { payload: "A".repeat(43), algo: "secp256k1" };
  const [own, other] = paired.map(({ entries, pairId }) => ({
    address: entries[0]?.address,
    pair_id: pairId,
  }));
  const tries: readonly (readonly [status: number, () => Promise<Response>])[] = [
    [401, () => stranger.post("/create-pair-session")],
    [401, () => stranger.get(`${session}/result`)],
    [401, () => stranger.get(session)],
    [401, () => stranger.post(`${session}/cancel`)],
    [401, () => stranger.sign(ask)],
    [401, () => stranger.sign({ ...ask, ...own })],
    [404, () => bob.get(`${session}/result`)],
    [404, () => bob.get(session)],
    [404, () => bob.post(`${session}/cancel`)],
    [403, () => bob.sign(ask)],
    [403, () => bob.sign({ ...ask, ...own })],
    [403, () => ada.sign({ ...ask, address: `0x${"1".repeat(40)}` })],
    [403, () => ada.sign({ ...ask, pair_id: other?.pair_id })],
    [403, () => ada.sign({ ...ask, address: own?.address, pair_id: other?.pair_id })],
    [403, () => ada.sign({ ...ask, address: null })],
  ];
  const before = calls.length;
  const asked = rounds(1_000);
  let refused = 0;
  for (let i = 0; i < asked; i += 1) {
    const [status, call] = tries[i % tries.length]!;
    expect((await call()).status).toBe(status);
    refused += 1;
  }
  expect(calls).toHaveLength(before);
  expect(await ada.state(session_id)).toBe("waiting");
  expect((await ada.sign({ ...ask, ...own })).status).toBe(200);
  figure("R47", `${asked} calls, ${refused} refused, ${calls.length - before - 1} requests to octane`);
});

test("R52: a link that a page could not show without harm does not reach one", async () => {
  let given = "";
  const { emulator, proxy, errors } = setup({
    fetch: async (input, init) => {
      const answered = await emulator.fetch(input, init);
      const body = { ...((await answered.json()) as object), pair_uri: given };
      return Response.json(body, { status: answered.status });
    },
  });
  const ada = page(proxy.fetch, "ada");
  for (const uri of hostilePairUris) {
    given = uri;
    const answer = await ada.post("/create-pair-session");
    expect(answer.status, uri).toBe(502);
    expect(await answer.json()).toMatchObject({ error: { code: "upstream_failed" } });
  }
  expect(errors).toHaveLength(hostilePairUris.length);
  for (const uri of goodPairUris) {
    given = uri;
    expect((await ada.mint()).pair_uri).toBe(uri);
  }
  expect(new Set(hostilePairUris).size).toBe(30);
  figure(
    "R52",
    `${hostilePairUris.length} hostile links kept from pages, ${goodPairUris.length} good ones let through`,
  );
});
