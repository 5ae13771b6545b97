import { bytesToB64u } from "@sigil/astrotrain";
import { listen } from "@sigil/emulator/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { compressing, type Fetch, type Host, hosts, onPort, to } from "../test/hosts.js";
import { eventIn, origin, page } from "../test/page.js";
import { type Setup, setup } from "../test/setup.js";
import { toNodeHandler } from "./node/index.js";

/** A proxy on this host, before an octane on a port. */
async function open({
  open: openHost,
}: Host): Promise<Setup & { readonly fetch: Fetch; readonly waits: () => number }> {
  const inProcess = setup();
  const octane = await listen(inProcess.emulator, { port: 0 });
  onTestFinished(octane.close);
  const { fetch: _, ...config } = inProcess.config;
  const { proxy } = setup({ ...config, octaneUrl: octane.url, fetch: undefined });
  const waits = (): number =>
    inProcess.emulator.traffic.list().filter(({ url }) => url.endsWith("/result")).length;
  return { ...inProcess, proxy, fetch: await openHost(proxy), waits };
}

describe.each(hosts)("$name", (host) => {
  test("default: pairs, and shows the result to its user only", async () => {
    const { emulator, fetch, paired } = await open(host);
    const [ada, bob] = [page(fetch, "ada"), page(fetch, "bob")];
    const { session_id, pair_uri, validation_code } = await ada.mint();
    const waiting = ada.result(session_id);
    await emulator.appliance.open(pair_uri, { code: validation_code });
    expect(eventIn(await waiting)).toMatchObject({ kind: "pair_completed", sp_user_ref: "ada" });
    expect(paired).toMatchObject([{ userId: "ada" }]);
    expect(await ada.state(session_id)).toBe("completed");
    expect((await bob.get(`/sp/pair/sessions/${session_id}/result`)).status).toBe(404);
  });

  test("behavior: refuses strangers, forged requests and what is no JSON", async () => {
    const { fetch, calls } = await open(host);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const answers = [
      await page(fetch).post("/create-pair-session"),
      await page(fetch, "ada").post("/create-pair-session", { headers: { origin: "https://evil.example" } }),
      await page(fetch, "ada").post("/create-pair-session", { headers: form, body: "a=b" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 403, 415]);
    const codes = await Promise.all(answers.map(async (each) => (await each.json()).error.code));
    expect(codes).toEqual(["unauthorized", "origin_denied", "unsupported_media_type"]);
    expect(calls).toEqual([]);
  });

  test("behavior: a POST without a body mints and cancels; from another origin, or of no known one, it is refused", async () => {
    const { fetch } = await open(host);
    const cookie = "user=ada";
    const post = (path: string, headers: Record<string, string>): Promise<Response> =>
      fetch(new Request(`${origin}/api${path}`, { method: "POST", headers: { cookie, ...headers } }));
    const minted = await post("/create-pair-session", { origin, "sec-fetch-site": "same-origin" });
    expect(minted.status).toBe(201);
    const { session_id } = (await minted.json()) as { session_id: string };
    const path = `/sp/pair/sessions/${session_id}/cancel`;
    const forged: readonly Record<string, string>[] = [
      {},
      { "sec-fetch-site": "same-origin" },
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin, "sec-fetch-site": "cross-site" },
      { origin, "sec-fetch-site": "same-site" },
    ];
    for (const headers of forged) {
      expect((await post("/create-pair-session", headers)).status).toBe(403);
      expect((await post(path, headers)).status).toBe(403);
    }
    const typed = { origin, "content-type": "text/plain" };
    expect((await post("/create-pair-session", typed)).status).toBe(415);
    expect((await post(path, typed)).status).toBe(415);
    expect((await post("/sp/sign", { origin })).status).toBe(415);
    expect(await page(fetch, "ada").state(session_id)).toBe("waiting");
    expect(await (await post(path, { origin })).json()).toMatchObject({ session_id, state: "rejected" });
  });

  test("behavior: the first byte comes at once, and a page that leaves is seen by octane within a second", async () => {
    const { emulator, fetch, waits } = await open(host);
    const ada = page(fetch, "ada");
    const { session_id } = await ada.mint();
    const openWaits = () =>
      emulator.traffic
        .list()
        .filter(({ url, response }) => url.endsWith("/result") && response.ended === "open");
    // The fastest of some, since a machine may have much else to do.
    const times: number[] = [];
    for (let i = 1; i <= 3; i += 1) {
      const gone = new AbortController();
      const response = await ada.get(`/sp/pair/sessions/${session_id}/result`, { signal: gone.signal });
      expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
      const reader = response.body!.getReader();
      expect(new TextDecoder().decode((await reader.read()).value)).toMatch(/^: /);
      await expect.poll(waits).toBe(i);
      expect(openWaits()).toHaveLength(1);
      const left = performance.now();
      await reader.cancel();
      gone.abort();
      await expect.poll(openWaits).toEqual([]);
      times.push(performance.now() - left);
    }
    expect(Math.min(...times)).toBeLessThan(1_000);
  });

  test("behavior: signs, so the body arrives", async () => {
    const { emulator, fetch, client, paired } = await open(host);
    const ada = page(fetch, "ada");
    await ada.pair(emulator.appliance);
    const payload = crypto.getRandomValues(new Uint8Array(32));
    const answer = await ada.sign({ payload: bytesToB64u(payload), algo: "secp256k1", chain: "base" });
    expect(answer.status).toBe(200);
    const { pairId, entries } = paired[0]!;
    const own = await client.sign({ payload, algo: "secp256k1", address: entries[0]!.address, pairId });
    expect(await answer.json()).toMatchObject({ device_signature: own.device_signature });
  });

  test("behavior: cancel", async () => {
    const { fetch } = await open(host);
    const ada = page(fetch, "ada");
    const { session_id } = await ada.mint();
    const answer = await ada.post(`/sp/pair/sessions/${session_id}/cancel`);
    expect(await answer.json()).toMatchObject({ session_id, state: "rejected" });
  });
});

describe.each(compressing)("$name, compression()", ({ name, listener }) => {
  test("behavior: the stream of the result goes through as it is, its first byte at once", async () => {
    const { emulator, fetch, paired } = await open({
      name,
      open: async (proxy) => to(await onPort(listener(proxy))),
    });
    const ada = page(fetch, "ada");
    const { session_id, pair_uri, validation_code } = await ada.mint();
    const path = `/sp/pair/sessions/${session_id}`;
    expect((await ada.get(path)).headers.get("content-encoding")).toBe("gzip");

    // The fastest of some, since a machine may have much else to do.
    const times: number[] = [];
    for (let i = 0; i < 10; i += 1) {
      const asked = performance.now();
      const response = await ada.get(`${path}/result`);
      const reader = response.body!.getReader();
      expect(new TextDecoder().decode((await reader.read()).value)).toMatch(/^: /);
      times.push(performance.now() - asked);
      expect(response.headers.get("content-encoding")).toBeNull();
      await reader.cancel();
    }
    expect(Math.min(...times)).toBeLessThan(200);

    // And so does what comes later.
    const waiting = ada.result(session_id);
    await emulator.appliance.open(pair_uri, { code: validation_code });
    expect(eventIn(await waiting)).toMatchObject({ kind: "pair_completed" });
    expect(paired).toHaveLength(1);
  });
});

test("behavior: a body that somebody before has read, and kept nothing of, is refused, and nothing hangs", async () => {
  const proxied = setup();
  const serve = toNodeHandler(proxied.proxy);
  const url = await onPort((request, response) => {
    request.resume().on("end", () => serve(request, response));
  });
  const ada = page(to(url), "ada");
  const answer = await ada.sign({ payload: "A".repeat(43), algo: "secp256k1" });
  expect(answer.status).toBe(400);
  // What needs no body is served.
  expect((await ada.mint()).session_id).toEqual(expect.any(String));
});
