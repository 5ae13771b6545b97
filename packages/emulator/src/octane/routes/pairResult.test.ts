import { afterEach, describe, expect, test, vi } from "vitest";
import { client, frameOf } from "../../../test/client.js";
import { createEmulator } from "../../index.js";

const path = (id: string) => `/sp/pair/sessions/${id}/result`;
const scope = { chain: "base", access: "sign" };

afterEach(() => {
  vi.useRealTimers();
});

describe("awaitPairResult", () => {
  test("default", async () => {
    const now = Date.UTC(2030, 0, 1);
    const emulator = createEmulator({ now: () => now });
    const sp = client(emulator);
    const { id } = await sp.open({ requested_scopes: [scope] });
    const address = (index: number) =>
      emulator.appliance.wallets().filter(({ chain }) => chain === "base")[index]?.address;
    expect(await sp.result(id)).toEqual({
      kind: "pair_completed",
      pair_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      session_id: id,
      sp_user_ref: "ada",
      bindings: [
        { ...scope, wallet_index: 0, address: address(0) },
        { ...scope, wallet_index: 1, address: address(1) },
      ],
      completed_at: "2030-01-01T00:00:00.000Z",
    });
  });

  test("behavior: the stream's headers, a comment at once, event and data", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const { id } = await sp.open();
    const response = await sp.raw("GET", path(id));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      "x-sigil-emulator": expect.any(String),
      "x-request-id": expect.any(String),
    });
    expect(await response.text()).toMatch(/^: keep-alive\n\nevent: pair_completed\ndata: \{[^\n]*\}\n\n$/);
  });

  test("behavior: waits for the owner, replays to whoever asks again", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    const { card, id } = await sp.open();
    const waiting = [sp.result(id), sp.result(id)];
    await card.approve();
    const frames = await Promise.all([...waiting, sp.result(id)]);
    expect(new Set(frames.map((frame) => JSON.stringify(frame))).size).toBe(1);
    expect(frames[0].kind).toBe("pair_completed");
  });

  test("behavior: a refusal carries its reason", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    const { card, id } = await sp.open();
    await card.reject("not me\n");
    expect(await sp.result(id)).toEqual({
      kind: "pair_rejected",
      reason: "not me\n",
      completed_at: expect.any(String),
    });
  });

  test("behavior: a session expires by the clock, at its very millisecond", async () => {
    let now = 1_000_000;
    const emulator = createEmulator({ now: () => now, approval: "manual" });
    const sp = client(emulator);
    const { card, id } = await sp.open({ expires_in_secs: 60 });
    now += 59_999;
    const waiting = sp.result(id);
    await emulator.appliance.open(id);
    now += 1;
    await expect(card.approve()).rejects.toMatchObject({ code: "session_over" });
    const expired = { kind: "pair_expired", completed_at: new Date(1_060_000).toISOString() };
    expect(await waiting).toEqual(expired);
    now += 1_000_000;
    expect(await sp.result(id)).toEqual(expired);
  });

  test("behavior: a wait notices by itself that a clock of the test's has moved", async () => {
    let now = 0;
    const sp = client(createEmulator({ now: () => now }));
    const { body } = await sp.session();
    const waiting = sp.result(body.session_id);
    now = 300_000;
    expect((await waiting).kind).toBe("pair_expired");
  });

  test("behavior: any request finds what has expired, where no timer runs", async () => {
    vi.useFakeTimers();
    let now = 0;
    const sp = client(createEmulator({ now: () => now }));
    const { body } = await sp.session();
    const waiting = sp.result(body.session_id);
    await sp.get("/sp/none");
    now = 300_000;
    await sp.get("/sp/none");
    expect((await waiting).kind).toBe("pair_expired");
  });

  test("behavior: an approval in time is not undone by the clock", async () => {
    let now = 0;
    const sp = client(createEmulator({ now: () => now }));
    const { id } = await sp.open();
    now = 1_000_000;
    expect((await sp.result(id)).kind).toBe("pair_completed");
  });

  test("behavior: a comment every 15 s, and no timer once the reader has left", async () => {
    vi.useFakeTimers();
    const sp = client(createEmulator());
    const { body } = await sp.session();
    const before = vi.getTimerCount();
    const reader = (await sp.raw("GET", path(body.session_id))).body?.getReader();
    const comment = new TextEncoder().encode(": keep-alive\n\n");
    expect((await reader?.read())?.value).toEqual(comment);
    const next = reader?.read();
    await vi.advanceTimersByTimeAsync(15_000);
    expect((await next)?.value).toEqual(comment);
    await reader?.cancel();
    expect(vi.getTimerCount()).toBe(before);
  });

  test("behavior: an abandoned stream does not grow", async () => {
    vi.useFakeTimers();
    const sp = client(createEmulator());
    const { body } = await sp.session({ expires_in_secs: 600 });
    const response = await sp.raw("GET", path(body.session_id));
    await vi.advanceTimersByTimeAsync(599_000);
    vi.useRealTimers();
    const first = await response.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toBe(": keep-alive\n\n");
  });

  test("behavior: an abort ends the body with its reason, and its timers", async () => {
    vi.useFakeTimers();
    const sp = client(createEmulator());
    const { body } = await sp.session();
    const controller = new AbortController();
    const response = await sp.raw("GET", path(body.session_id), { signal: controller.signal });
    const reading = frameOf(response);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("behavior: another provider's session is as unknown as none", async () => {
    const emulator = createEmulator();
    const { body } = await client(emulator).session();
    const other = client(emulator, emulator.addSp());
    const answers = await Promise.all([other.get(path(body.session_id)), other.get(path("none"))]);
    const [theirs, none] = answers.map(({ status, body }) => [status, body.error]);
    expect(theirs).toEqual(none);
    expect(theirs?.[0]).toBe(404);
  });

  test("behavior: the id is percent-decoded", async () => {
    const sp = client(createEmulator());
    const { id } = await sp.open();
    const encoded = `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`;
    expect((await sp.result(encoded)).kind).toBe("pair_completed");
    expect((await sp.get(path("%2e%2e%2fsign"))).status).toBe(404);
    expect((await sp.get(path("%ff"))).status).toBe(404);
  });
});
