import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { base, client, digest, firstEvm, signBody, until } from "../test/client.js";
import { createEmulator } from "./index.js";

const emulator = createEmulator();
const { fetch } = emulator;
const headers = { authorization: `Bearer ${emulator.sp.apiKey}`, "content-type": "application/json" };
const body = JSON.stringify({ sp_user_ref: "ada", requested_scopes: [{ chain: "base", access: "sign" }] });
const url = `${base}/sp/pair/sessions`;

describe("fetch", () => {
  test("default", async () => {
    const response = await fetch(url, { method: "POST", headers, body });
    expect(response).toBeInstanceOf(Response);
    expect(response.status).toBe(201);
  });

  test("parameters: a URL, a Request, a Request with init", async () => {
    const request = new Request(url, { method: "POST", headers, body });
    const answers = await Promise.all([
      fetch(new URL(url), { method: "POST", headers, body }),
      fetch(request),
      fetch(new Request(url, { headers }), { method: "POST", body }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(request.bodyUsed).toBe(true);
  });

  test("parameters: init may be null, or any object with fields of its own or inherited", async () => {
    const request = () => new Request(url, { method: "POST", headers, body });
    const inherited: RequestInit = Object.create({ method: "POST", headers, body });
    const answers = await Promise.all([
      fetch(request(), null as never),
      fetch(url, request()),
      fetch(url, inherited),
      fetch(request(), { signal: null }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect((await fetch(url, null as never)).status).toBe(401);
  });

  test("behavior: a Request whose body has been read rejects", async () => {
    const request = new Request(url, { method: "POST", headers, body });
    expect((await fetch(request)).status).toBe(201);
    await expect(fetch(request)).rejects.toBeInstanceOf(TypeError);
    const locked = new Request(url, { method: "POST", headers, body });
    locked.body?.getReader();
    await expect(fetch(locked)).rejects.toBeInstanceOf(TypeError);
  });

  test("behavior: a bad URL rejects, and does not throw", async () => {
    const answer = fetch("/sp/sign");
    await expect(answer).rejects.toBeInstanceOf(TypeError);
  });

  test("behavior: what is aborted already never arrives", async () => {
    const reason = new Error("no");
    const signal = AbortSignal.abort(reason);
    await expect(fetch(url, { method: "POST", headers, body, signal })).rejects.toBe(reason);
    await expect(fetch(new Request(url, { signal }))).rejects.toBe(signal.reason);
    await expect(fetch(url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
  });

  test("behavior: the signal of a Request ends a wait, too", async () => {
    const manual = createEmulator({ approval: "manual" });
    await client(manual).pair();
    const controller = new AbortController();
    const authorized = { ...headers, authorization: `Bearer ${manual.sp.apiKey}` };
    const init = {
      method: "POST",
      headers: authorized,
      body: JSON.stringify(signBody(manual.sp, firstEvm, digest)),
    };
    const answer = manual.fetch(new Request(`${base}/sp/sign`, { ...init, signal: controller.signal }));
    answer.catch(() => {});
    await until(async () => (await manual.appliance.requests())[0]);
    controller.abort();
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  });

  test("behavior: an abort ends the reading of a body that never comes", async () => {
    const controller = new AbortController();
    let cancelled = false;
    const stalled = new ReadableStream({
      cancel: () => {
        cancelled = true;
      },
    });
    const init = { method: "POST", headers, body: stalled, duplex: "half", signal: controller.signal };
    const answer = fetch(url, init as RequestInit);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(answer).rejects.toBe(reason);
    await until(() => cancelled);
  });

  test("behavior: a wait that ends by itself keeps the process alive, and no longer than it lasts", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const manual = createEmulator({ approval: "manual" });
    const sp = client(manual);
    const pair_id = await sp.pair();
    const { body: open } = await sp.session();
    const before = await leastOver(300, timers);
    const controller = new AbortController();
    const { signal } = controller;
    const signing = sp.sign(firstEvm, digest, {}, { signal });
    signing.catch(() => {});
    const [request] = await until(async () => {
      const waiting = await manual.appliance.requests();
      return waiting.length > 0 ? waiting : undefined;
    });
    expect(request?.pair_id).toBe(pair_id);
    await sp.raw("GET", `/sp/pair/sessions/${open.session_id}/result`, { signal });
    expect(timers()).toBeGreaterThanOrEqual(before + 2);
    controller.abort();
    await until(() => timers() <= before);
  });

  test("behavior: one signal for many calls keeps no listener", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const sp = client(emulator);
    const pair_id = await sp.pair();
    for (let call = 0; call < 20; call += 1) {
      await sp.sign(firstEvm, digest, { pair_id }, { signal, headers: { "idempotency-key": `k${call}` } });
      await sp.raw("GET", "/sp/none", { signal });
    }
    const stream = await sp.raw("GET", `/sp/pairings/${pair_id}/events`, { signal });
    await stream.body?.cancel();
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});

/** The runner has timers of its own, which come and go. */
async function leastOver(ms: number, count: () => number): Promise<number> {
  let least = count();
  for (let spent = 0; spent < ms; spent += 10) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    least = Math.min(least, count());
  }
  return least;
}
