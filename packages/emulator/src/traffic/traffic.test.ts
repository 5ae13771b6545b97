import { describe, expect, test } from "vitest";
import { base, client, firstEvm, until } from "../../test/client.js";
import { start, ways } from "../../test/overBoth.js";
import { createEmulator } from "../index.js";

describe("traffic", () => {
  test.each(ways)("default, by %s", async (way) => {
    const { emulator, sp } = await start(way);
    const { body } = await sp.session();
    const [exchange] = emulator.traffic.list();
    expect(exchange).toMatchObject({
      id: 1,
      method: "POST",
      request: { headers: { authorization: `Bearer …${emulator.sp.apiKey.slice(-4)}` } },
      response: { status: 201, headers: { "content-type": "application/json" } },
      sp: emulator.sp.id,
    });
    expect(JSON.parse(exchange?.request.body ?? "")).toMatchObject({ sp_user_ref: "ada" });
    const { response } = exchange ?? {};
    expect(JSON.parse(response !== undefined && "body" in response ? response.body : "")).toEqual(body);
  });

  test("behavior: a stream is open until it ends, and read as it is", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    const { card, id } = await sp.open();
    const frame = sp.result(id);
    const last = () => emulator.traffic.list().at(-1)?.response;
    await until(() => last() !== undefined && "status" in (last() ?? {}));
    expect(last()).toMatchObject({ status: 200, ended: "open" });
    await card.approve();
    await frame;
    await until(() => last()?.ended === undefined);
    expect(last()).toMatchObject({ body: expect.stringContaining("event: pair_completed") });
  });

  test("behavior: a request is told when it comes, a stream when it begins, each again at its end", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const told: unknown[] = [];
    emulator.events.subscribe(({ kind, exchange_id, outcome }) => {
      const { response } = emulator.traffic.list().at(-1) ?? {};
      if (kind === "traffic")
        told.push([exchange_id, outcome, response !== undefined && "status" in response]);
    });
    const sp = client(emulator);
    const { card, id } = await sp.open();
    expect(told).toEqual([
      [1, "open", false],
      [1, undefined, true],
    ]);
    const frame = sp.result(id);
    await until(() => told.length === 4);
    await card.approve();
    await frame;
    await until(() => told.length === 5);
    expect(told.slice(2)).toEqual([
      [2, "open", false],
      [2, "open", true],
      [2, undefined, true],
    ]);
  });

  test("behavior: an answer to HEAD has no body", async () => {
    const emulator = createEmulator();
    await client(emulator).raw("HEAD", "/sp/none");
    expect(emulator.traffic.list()[0]?.response).toMatchObject({ status: 404, body: "" });
  });

  test("behavior: what a fault does is what is recorded", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    emulator.faults.add({ route: "createPairSession", calls: 1, fault: { kind: "reset", handled: true } });
    await sp.session().catch(() => {});
    emulator.faults.add({ route: "createPairSession", calls: 1, fault: { kind: "html" } });
    await sp.raw("POST", "/sp/pair/sessions").then((response) => response.text());
    const [lost, page] = emulator.traffic.list();
    expect(lost?.response).toEqual({ ended: "reset" });
    expect(lost?.request.body).toContain("ada");
    expect(page?.response).toMatchObject({ body: expect.stringContaining("<!doctype") });
  });

  test.each(ways)("behavior: a caller who leaves, by %s", async (way) => {
    const { emulator, sp } = await start(way, { approval: "manual" });
    await sp.pair();
    const controller = new AbortController();
    const answer = sp.sign(firstEvm, undefined, {}, { signal: controller.signal });
    await until(async () => (await emulator.appliance.requests())[0]);
    expect(emulator.traffic.list().at(-1)?.response).toEqual({ ended: "open" });
    controller.abort();
    await expect(answer).rejects.toThrow();
    await until(() => emulator.traffic.list().at(-1)?.response.ended !== "open");
    expect(emulator.traffic.list().at(-1)?.response).toEqual({ ended: "aborted" });
  });

  test("behavior: no secret, neither an API key nor a validation code", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const pairId = await sp.pairPending();
    await sp.validate(pairId, "098765");
    await sp.post("/sp/pair/validate", '{"code": 987650');
    await emulator.fetch(`${base}/sp/none`, {
      headers: { authorization: emulator.sp.apiKey, cookie: "a=secret77" },
    });
    await emulator.fetch(`${base}/sp/none?api_key=${emulator.sp.apiKey}`, {
      method: "POST",
      headers: { "x-api-key": emulator.sp.apiKey, authorization: `Bearer ${emulator.sp.apiKey}` },
      body: `{"key":"${emulator.sp.apiKey}"}`,
    });
    const all = JSON.stringify(emulator.traffic.list()) + emulator.traffic.transcript();
    for (const secret of ["098765", "987650", emulator.sp.apiKey, "a=secret77"])
      expect(all).not.toContain(secret);
    expect(all).toContain(pairId);
  });

  test.each(ways)("behavior: the body of what is refused or struck by a fault, by %s", async (way) => {
    const { emulator, sp } = await start(way);
    const sent = (name: string, init: RequestInit = {}): RequestInit => ({
      ...init,
      headers: { "content-type": "application/json", ...init.headers },
      body: JSON.stringify({ name }),
    });
    await sp.raw("POST", "/sp/sign", sent("nobody", { headers: { authorization: "Bearer none" } }));
    await sp.raw("POST", "/sp/none", sent("nowhere"));
    await sp.raw("PUT", "/sp/sign", sent("not so"));
    await sp.raw("POST", "/sp/sign", sent("too large ".padEnd(300_000)));
    emulator.faults.add({ route: "sign", calls: 1, fault: { kind: "status", status: 503 } });
    await sp.raw("POST", "/sp/sign", sent("struck"));
    emulator.policy.set({ rateLimit: { requests: 0, perMs: 1_000 } });
    await sp.raw("POST", "/sp/sign", sent("too often"));
    const seen = emulator.traffic
      .list()
      .map(({ request, response }) => [
        "status" in response && response.status,
        request.body.slice(0, 20).trim(),
      ]);
    expect(seen).toEqual([
      [401, '{"name":"nobody"}'],
      [404, '{"name":"nowhere"}'],
      [405, '{"name":"not so"}'],
      [413, '{"name":"too large'],
      [503, '{"name":"struck"}'],
      [429, '{"name":"too often"}'],
    ]);
  });

  test.each([
    "/sp/pair/v%61lidate",
    "/sp/pair/validate/",
    "/v1/sp/pair/v%2561lidate",
    "/sp/pair/validate?again",
  ])("behavior: no validation code for %s, whatever the answer", async (path) => {
    const emulator = createEmulator();
    const sp = client(emulator);
    await sp.post(path, { pair_id: "x", code: "098765" });
    await sp.raw("PUT", path, { body: '{"code": "098765"}' });
    const shown = emulator.traffic.list().map(({ request }) => request.body);
    expect(shown).toEqual(['{"pair_id":"x","code":"…"}', '{"code": "…"}']);
  });

  test("behavior: keeps 64 KiB of a body, and 500 exchanges", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    await sp.post("/sp/pair/sessions", { sp_user_ref: "a".repeat(100_000), requested_scopes: [] });
    const [long] = emulator.traffic.list();
    expect(long?.request.body).toMatch(/^.{65536}… \(\d{6} bytes in all\)$/);
    for (let call = 0; call < 1_100; call += 1) await sp.raw("GET", "/sp/none");
    const ids = emulator.traffic.list().map(({ id }) => id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([500, 602, 1_101]);
  });
});
