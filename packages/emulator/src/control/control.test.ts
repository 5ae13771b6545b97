import { describe, expect, onTestFinished, test, vi } from "vitest";
import { client, digest, firstEvm, until } from "../../test/client.js";
import { controlOf, token } from "../../test/control.js";
import { createMemoryJournal } from "../../test/memoryJournal.js";
import { createEmulator } from "../index.js";
import { createControl } from "./index.js";

/** The lines of a stream of events, as far as they are there. */
async function reading(response: Response): Promise<{ text: () => string; stop: () => Promise<void> }> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let all = "";
  const read = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      all += value;
    }
  };
  void read();
  return { text: () => all, stop: () => reader.cancel() };
}

describe("an owner, over the control API", () => {
  test("default: scans, approves some scopes, signs, revokes", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const { ask } = controlOf(emulator);
    const sp = client(emulator);
    const { body: session } = await sp.session();
    const scanned = await ask("POST", "/appliances/first/scan", { link: session.pair_uri });
    expect(scanned).toMatchObject({
      status: 201,
      body: { session_id: session.session_id, sp_user_ref: "ada" },
    });
    const approved = await ask("POST", `/appliances/first/cards/${session.session_id}/approve`, {
      code: "123456",
      scopes: [{ chain: "ethereum", access: "sign", wallet_index: 0 }],
    });
    expect(approved.body.bindings).toEqual([
      { chain: "ethereum", access: "sign", wallet_index: 0, address: firstEvm },
    ]);
    const { pair_id } = approved.body;
    expect((await sp.validate(pair_id)).status).toBe(200);
    const signing = sp.sign(firstEvm, digest);
    const [request] = await until(async () => {
      const { body } = await ask("GET", "/appliances/first");
      return body.requests.length > 0 && body.requests;
    });
    expect(request.decoded).toEqual({ kind: "digest", hex: "07".repeat(32) });
    expect((await ask("POST", `/appliances/first/requests/${request.request_id}/approve`)).status).toBe(204);
    expect((await signing).status).toBe(200);
    expect((await ask("DELETE", `/appliances/first/pairs/${pair_id}`)).status).toBe(204);
    expect((await sp.sign(firstEvm, digest)).body.error.code).toBe("pair_revoked");
  });

  test("behavior: rejects with a reason, goes offline and comes back", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const { ask } = controlOf(emulator);
    const sp = client(emulator);
    const { card } = await sp.open();
    await ask("POST", `/appliances/first/cards/${card.session_id}/reject`, { reason: "not you" });
    expect(await sp.result(card.session_id)).toMatchObject({ kind: "pair_rejected", reason: "not you" });
    const again = await ask("POST", `/appliances/first/scan`, { link: card.session_id });
    expect([again.status, again.body.error.code]).toEqual([409, "session_over"]);
    await sp.pair();
    await ask("POST", "/appliances/first/offline");
    expect((await sp.sign(firstEvm, digest)).status).toBe(503);
    expect((await ask("POST", "/appliances/first/online")).body.online).toBe(true);
    expect(emulator.appliance.online()).toBe(true);
  });

  test("behavior: the faults here are those of the process, whoever added or took them back", async () => {
    const emulator = createEmulator();
    const { ask } = controlOf(emulator);
    const own = emulator.faults.add({ route: "sign", fault: { kind: "empty" } });
    const { body } = await ask("POST", "/faults", { route: "*", fault: { kind: "html" } });
    expect(emulator.faults.list().map(({ id }) => id)).toEqual([own.id, body.id]);
    expect((await ask("DELETE", `/faults/${own.id}`)).status).toBe(204);
    expect((await ask("DELETE", `/faults/${own.id}`)).status).toBe(404);
    expect((await ask("GET", "/faults")).body.faults).toMatchObject([{ id: body.id, hits: 0 }]);
    emulator.faults.clear();
    expect((await ask("GET", "/faults")).body).toEqual({ faults: [] });
  });

  test("behavior: a service provider made here can pair; reset forgets it", async () => {
    const emulator = createEmulator();
    const { ask } = controlOf(emulator);
    const { body: sp } = await ask("POST", "/service-providers", {
      name: "Prime",
      homepage: "https://prime.test",
    });
    await client(emulator, sp).pair();
    await ask("POST", "/faults", { route: "sign", calls: 1, fault: { kind: "status", status: 503 } });
    expect((await client(emulator, sp).sign(firstEvm, digest)).status).toBe(503);
    expect((await ask("GET", "/faults")).body.faults).toMatchObject([{ hits: 1, rule: { route: "sign" } }]);
    expect((await ask("POST", "/reset")).status).toBe(204);
    const { body } = await ask("GET", "/state");
    expect(body).toMatchObject({ faults: [], exchanges: 0, service_providers: [{ id: emulator.sp.id }] });
    expect(JSON.stringify(body)).not.toContain(emulator.sp.apiKey);
  });
});

describe("what it refuses", () => {
  const { ask: askOne } = controlOf(createEmulator());
  test.each([
    ["POST", "/clock/advance", {}, "ms must be a number of milliseconds, 0 or more."],
    ["POST", "/clock/advance", { ms: -1 }, "ms must be"],
    ["POST", "/clock/advance", { ms: 4e12 }, "advance must be from 0 to "],
    ["POST", "/clock/advance", { ms: 1, s: 1 }, "s is no field here: use ms."],
    ["POST", "/clock/advance", [], "The body must be a JSON object."],
    ["POST", "/appliances/first/scan", { link: "" }, "link must be a string, not empty."],
    ["POST", "/appliances/first/scan", { link: "https://evil.test" }, "This is no pairing link"],
    ["POST", "/appliances", { walletsPerChain: 0 }, "walletsPerChain must be"],
    ["PATCH", "/policy", { maxWrongCodes: "3" }, "maxWrongCodes must be"],
    ["PATCH", "/policy", { supportedChains: ["dogecoin"] }, "supportedChains: "],
    ["POST", "/rules", { then: "perhaps" }, "then must be"],
    ["POST", "/rules", null, "A rule must be an object"],
    ["POST", "/rules", { when: null, then: "approve" }, "when must be an object"],
    ["POST", "/faults", { route: "sign", fault: { kind: "fire" } }, "fault.kind must be"],
    ["POST", "/service-providers", { logo: "javascript:alert(1)" }, "logo must be an https address."],
    ["POST", "/service-providers", { rateLimit: 3 }, "rateLimit must be"],
    ["GET", "/traffic?since=x", undefined, "since must be"],
  ])("parameters: %s %s %j", async (method, path, body, message) => {
    const answer = await askOne(method, path, body);
    expect([answer.status, answer.body.error.message]).toEqual([400, expect.stringContaining(message)]);
  });

  test("behavior: scopes are checked to their last field", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const { card } = await client(emulator).open();
    const path = `/appliances/first/cards/${card.session_id}/approve`;
    const scopes = [
      { chain: "solana", access: "sign" },
      { chain: "base", access: "steal" },
    ];
    const { body } = await controlOf(emulator).ask("POST", path, { scopes });
    expect(body.error.message).toBe("scopes[1].access must be one of sign, read.");
  });

  test("behavior: other paths, methods and media types", async () => {
    const { ask, raw } = controlOf(createEmulator());
    expect((await ask("GET", "/none")).status).toBe(404);
    const put = await ask("PUT", "/policy", {});
    expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, PATCH"]);
    const form = await raw("POST", "/_emulator/clock/advance", { body: "ms=1" });
    expect(form.status).toBe(415);
    const broken = { headers: { "content-type": "application/json" }, body: "{" };
    expect((await raw("POST", "/_emulator/clock/advance", broken)).status).toBe(400);
    const large = { ...broken, body: "a".repeat(300_000) };
    expect((await raw("POST", "/_emulator/clock/advance", large)).status).toBe(413);
  });

  test("parameters: token", () => {
    for (const bad of ["", "short", `${"a".repeat(20)}\n`, "a b c d e f g h i j"]) {
      expect(() => createControl(createEmulator(), { token: bad })).toThrow(/^token must be 16 to 256/);
    }
  });

  test("behavior: an approval function that throws is told without its words", async () => {
    const emulator = createEmulator({
      approval: () => {
        throw new Error(`secret ${token}`);
      },
    });
    const { body: session } = await client(emulator).session();
    const { status, body } = await controlOf(emulator).ask("POST", "/appliances/first/scan", {
      link: session.session_id,
    });
    expect([status, body.error.code]).toEqual([500, "internal_error"]);
    expect(JSON.stringify(body)).not.toContain(token);
  });
});

describe("events", () => {
  test("default: as they happen, each with its id", async () => {
    const emulator = createEmulator();
    const { raw } = controlOf(emulator);
    const response = await raw("GET", "/_emulator/events");
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const events = await reading(response);
    onTestFinished(events.stop);
    emulator.appliance.setOnline(false);
    await until(() => events.text().includes("appliance_offline"));
    expect(events.text()).toMatch(/\nid: \d+\nevent: appliance_offline\ndata: {"id":\d+,.*"appliance_id":/);
  });

  test("behavior: goes on after Last-Event-ID, or since; an id from the future is another emulator's", async () => {
    const emulator = createEmulator();
    const { raw } = controlOf(emulator);
    emulator.appliance.setOnline(false);
    emulator.appliance.setOnline(true);
    const [, last] = emulator.events.since(0).filter(({ kind }) => /line$/.test(kind));
    const kinds = async (path: string, headers: Record<string, string> = {}) => {
      const events = await reading(await raw("GET", path, { headers }));
      onTestFinished(events.stop);
      emulator.policy.set({ maxWrongCodes: 4 });
      await until(() => events.text().includes("policy_changed"));
      return [...events.text().matchAll(/^event: (.*)$/gm)].map(([, kind]) => kind);
    };
    const before = { "last-event-id": String(last!.id - 1) };
    expect((await kinds("/_emulator/events", before))[0]).toBe("appliance_online");
    expect((await kinds(`/_emulator/events?since=${last!.id - 2}`))[0]).toBe("appliance_offline");
    expect(await kinds("/_emulator/events", { "last-event-id": "999999" })).toContain("appliance_offline");
    expect((await kinds("/_emulator/events"))[0]).toBe("policy_changed");
  });

  test("behavior: told once it is in storage, in the order in which it happened", async () => {
    const journal = createMemoryJournal();
    const emulator = createEmulator({ journal });
    const pairId = await client(emulator).pair();
    const response = await controlOf(emulator).raw("GET", "/_emulator/events?since=0");
    const events = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    onTestFinished(() => events.cancel());
    void emulator.appliance.revoke(pairId);
    let text = "";
    while (!text.includes("pair_revoked")) text += (await events.read()).value;
    expect(journal.stored().get("pairings")?.get(pairId)?.state).toBe("revoked");
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.map((_, at) => at + 1));
  });

  test("behavior: ends where storage cannot be written, and tells nothing that may come undone", async () => {
    const journal = createMemoryJournal();
    const emulator = createEmulator({ journal });
    const pairId = await client(emulator).pair();
    const response = await controlOf(emulator).raw("GET", "/_emulator/events");
    journal.stop();
    await expect(emulator.appliance.revoke(pairId)).rejects.toThrow("The storage is gone.");
    expect(await response.text()).not.toContain("pair_revoked");
  });

  test("behavior: pings, and leaves nothing behind", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const emulator = createEmulator();
    const events = await reading(await controlOf(emulator).raw("GET", "/_emulator/events"));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(events.text().match(/: ping\n\n/g)).toHaveLength(2);
    await events.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
