import { describe, expect, test } from "vitest";
import { client, firstEvm, until } from "../../test/client.js";
import { token } from "../../test/control.js";
import { createMemoryJournal } from "../../test/memoryJournal.js";
import { createControl } from "../control/index.js";
import { createEmulator, type Emulator } from "../index.js";

const origin = "http://localhost:8124";

/** A browser that has shown the token, as far as its requests go. */
async function visitor(emulator: Emulator) {
  const control = createControl(emulator, { token });
  const ask = (path: string, init?: RequestInit): Promise<Response> =>
    control.fetch(new Request(origin + path, { redirect: "manual", ...init }));
  const first = await ask(`/?token=${token}`);
  const setCookie = first.headers.get("set-cookie") ?? "";
  const cookie = setCookie.split(";")[0] ?? "";
  const get = (path: string): Promise<Response> => ask(path, { headers: { cookie } });
  const send = (action: string, fields: Record<string, string>, headers: HeadersInit = { cookie, origin }) =>
    ask(`/_emulator/do/${action}`, { method: "POST", headers, body: new URLSearchParams(fields) });
  return { ask, first, setCookie, cookie, get, send };
}

describe("who sees the page", () => {
  test("default: whoever shows the token once", async () => {
    const { first, setCookie, get, cookie } = await visitor(createEmulator());
    expect([first.status, first.headers.get("location")]).toEqual([303, "/"]);
    expect(setCookie).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect(setCookie).not.toContain(token);
    const page = await get("/");
    expect(await page.text()).toContain("EMULATOR");
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toContain("unsafe");
    expect(page.headers.get("x-sigil-emulator")).not.toBeNull();
    expect(cookie).not.toBe((await visitor(createEmulator())).cookie.replace(/=.*/, ""));
  });

  test("behavior: nobody else sees anything, not even a style sheet", async () => {
    const { ask } = await visitor(createEmulator());
    for (const path of [
      "/",
      "/?token=wrong",
      "/_emulator/page/metroplex",
      "/_emulator/page.js",
      "/_emulator/page.css",
    ]) {
      const response = await ask(path, { headers: { cookie: "sigil_emulator_x=1" } });
      expect([path, response.status]).toEqual([path, 401]);
      expect(await response.text()).not.toContain("wrong");
    }
  });

  test("behavior: the icon that browsers ask for is no failure", async () => {
    const { ask } = await visitor(createEmulator());
    expect((await ask("/favicon.ico")).status).toBe(204);
  });

  test("behavior: the cookie looks, and does nothing but the page's own forms", async () => {
    const emulator = createEmulator();
    const { ask, get, cookie, send } = await visitor(emulator);
    expect((await get("/_emulator/state")).status).toBe(200);
    expect((await ask("/_emulator/reset", { method: "POST", headers: { cookie, origin } })).status).toBe(401);
    emulator.policy.set({ maxWrongCodes: 9 });
    const foreign: HeadersInit[] = [
      { cookie },
      { cookie, origin: "null" },
      { cookie, origin: "http://localhost:3000" },
      { cookie, "sec-fetch-site": "same-site" },
      { origin },
    ];
    for (const headers of foreign) expect([401, 403]).toContain((await send("reset", {}, headers)).status);
    expect(emulator.policy.get().maxWrongCodes).toBe(9);
    expect((await send("reset", {})).status).toBe(303);
    expect(emulator.policy.get().maxWrongCodes).toBe(3);
  });
});

describe("links nobody has scanned", () => {
  const linksOf = async (emulator: Emulator) => {
    const text = await (await (await visitor(emulator)).get("/")).text();
    return [...text.matchAll(/<li id="open-([\w-]+)"/g)].map(([, id]) => id);
  };

  test("default: newest first, with link and QR code; one that is scanned, answered or expired is gone", async () => {
    const emulator = createEmulator({ approval: "manual", now: () => Date.UTC(2026, 0, 1) });
    const sp = client(emulator);
    const ids: string[] = [];
    for (const expires_in_secs of [60, 120, 180]) {
      ids.unshift((await sp.session({ expires_in_secs })).body.session_id);
    }
    expect(await linksOf(emulator)).toEqual(ids);
    const [newest = "", middle = ""] = ids;
    expect(emulator.sessions()[0]).toMatchObject({ session_id: newest, sp_user_ref: "ada" });
    const page = await (await (await visitor(emulator)).get("/")).text();
    expect(page).toContain(`https://sigilvault.xyz/pair?session=${newest}`);
    expect(page.match(/data-part="qr"/g)).toHaveLength(3);
    await emulator.appliance.open(newest);
    expect(await linksOf(emulator)).toEqual(ids.slice(1));
    emulator.clock.advance(60_000);
    expect(await linksOf(emulator)).toEqual([middle]);
    emulator.reset();
    expect(await linksOf(emulator)).toEqual([]);
  });

  test("behavior: an emulator of the same storage shows them again", async () => {
    const journal = createMemoryJournal();
    const { body } = await client(createEmulator({ journal })).session();
    const later = createEmulator({ journal: createMemoryJournal(journal.stored()) });
    expect(await linksOf(later)).toEqual([body.session_id]);
  });
});

describe("forms", () => {
  test("behavior: where everything is approved by itself, a link without a code waits for who is at the page to type it", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const { body } = await sp.session();
    const { get, send } = await visitor(emulator);
    const of = { appliance: emulator.appliance.id };
    await send("scan", { ...of, link: body.session_id });
    expect(await (await get("/")).text()).toContain("Code that Test service provider shows");
    await send("card-approve", { ...of, session: body.session_id, code: "042424" });
    const { pair_id } = await sp.result(body.session_id);
    expect((await sp.validate(pair_id, "042424")).status).toBe(200);
  });

  test("behavior: a service provider is added, changed and removed", async () => {
    const emulator = createEmulator();
    const { get, send } = await visitor(emulator);
    const added = await (await send("sp-add", { name: "Prime" })).text();
    const sp = emulator.sps.list()[1]!;
    expect(added).toContain("SIGIL_SP_SEED");
    expect(added).toContain(sp.api_keys[0]!.last_four);
    const change = {
      sp: sp.id,
      name: "Prime 2",
      homepage: "https://prime.test",
      origins: "https://a.test https://b.test",
      chain: "base",
      requests: "5",
      perMs: "60000",
    };
    expect((await send("sp-update", change)).headers.get("location")).toBe(
      "/_emulator/page/metroplex?done=sp_updated",
    );
    expect(emulator.sps.list()[1]).toMatchObject({
      name: "Prime 2",
      homepage: "https://prime.test",
      allowed_return_origins: ["https://a.test", "https://b.test"],
      supported_chains: ["base"],
      rate_limit: { requests: 5, perMs: 60_000 },
    });
    const metroplex = await (await get("/_emulator/page/metroplex")).text();
    expect(metroplex).toContain('name="requests" value="5"');
    expect(metroplex.match(/data-part="role">service_provider</g)).toHaveLength(2);
    const half = await send("sp-update", { ...change, perMs: "" });
    expect([half.status, await half.text()]).toEqual([400, expect.stringContaining("rateLimit.perMs")]);
    const { requests: _, perMs: __, ...unlimited } = change;
    await send("sp-update", unlimited);
    expect(emulator.sps.list()[1]).not.toHaveProperty("rate_limit");
    const bad = await send("sp-update", { ...change, logo: "javascript:alert(1)" });
    expect([bad.status, await bad.text()]).toEqual([
      400,
      expect.stringContaining("logo must be an https address."),
    ]);
    const publicKey = emulator.sp.publicKey;
    await send("signing-key-add", { sp: sp.id, publicKey });
    expect(emulator.sps.list()[1]!.signing_keys).toHaveLength(2);
    await send("signing-key-remove", { sp: sp.id, key: publicKey });
    expect(emulator.sps.list()[1]!.signing_keys).toHaveLength(1);
    await send("sp-remove", { sp: sp.id });
    expect(emulator.sps.list()).toHaveLength(1);
    expect(await (await get("/_emulator/page/metroplex?done=sp_removed")).text()).toContain(
      "Service provider removed.",
    );
  });

  test("behavior: traffic is filtered by service provider", async () => {
    const emulator = createEmulator();
    const prime = emulator.addSp({ name: "Prime" });
    const { get } = await visitor(emulator);
    await client(emulator).session({ sp_user_ref: "ada lovelace" });
    await client(emulator, prime).session({ sp_user_ref: "grace hopper" });
    const shown = async (query: string) => (await get(`/_emulator/page/traffic?${query}`)).text();
    expect(await shown(`sp=${prime.id}`)).toMatch(/1 of 2[\s\S]*grace hopper/);
    expect(await shown(`sp=${prime.id}`)).not.toContain("ada lovelace");
    expect(await shown(`sp=${prime.id}&q=ada+lovelace`)).toContain("0 of 2");
    expect(await shown("sp=")).toContain("2 of 2");
  });

  test("behavior: a body is shown as it was on the wire, and once more with a line for each field", async () => {
    const emulator = createEmulator();
    const { get } = await visitor(emulator);
    // Neither its spaces nor its number nor its first field would outlive being read and written anew.
    const body = '{ "n": 12345678901234567890,  "a":1, "a":2 }';
    await client(emulator).raw("POST", "/sp/none", { body });
    const page = await (await get("/_emulator/page/traffic")).text();
    const shown = page.replaceAll("&quot;", '"');
    expect(shown).toContain(`data-part="body">${body}</pre>`);
    expect(shown).toContain('{\n  "n": 12345678901234567000,\n  "a": 2\n}');
  });

  test("behavior: what somebody else wrote is text, and the address says no words of its own", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const { get } = await visitor(emulator);
    const bold = "<img src=x onerror=alert(1)>";
    emulator.sps.update(emulator.sp.id, { name: bold });
    await client(emulator).open({ sp_user_ref: `${bold}"'` });
    for (const path of [
      "/",
      "/_emulator/page/metroplex",
      `/_emulator/page/traffic?q=${encodeURIComponent(bold)}`,
    ]) {
      expect(await (await get(path)).text()).not.toContain("<img");
    }
    expect(await (await get("/?done=Your+account+is+locked")).text()).not.toContain("locked");
  });

  test("behavior: a card whose link had no code is not approved by leaving the code out", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const { send } = await visitor(emulator);
    const { body } = await client(emulator).session();
    const { session_id: session } = await emulator.appliance.open(body.pair_uri);
    const of = { appliance: emulator.appliance.id, session };
    const refused = await send("card-approve", of);
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining("The link had no code: type the one that the service provider shows."),
    ]);
    const approved = await send("card-approve", { ...of, without_code: "yes" });
    expect(approved.headers.get("location")).toBe("/?done=card_approved_without_code");
  });

  test("behavior: each request's buttons say which one", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    const { get } = await visitor(emulator);
    await sp.pair();
    for (const byte of [1, 2]) sp.sign(firstEvm, new Uint8Array(32).fill(byte)).catch(() => {});
    await until(async () => (await emulator.appliance.requests()).length === 2);
    const page = await (await get("/")).text();
    const names = [...page.matchAll(/Approve<span class="unseen"> ([^<]*)</g)].map(([, name]) => name);
    expect(names.map((name) => /0x(..)/.exec(name ?? "")?.[1]).sort()).toEqual(["01", "02"]);
  });

  test("behavior: unknown forms, appliances and media types", async () => {
    const { ask, cookie, send } = await visitor(createEmulator());
    expect((await send("none", {})).status).toBe(404);
    expect((await send("__proto__", {})).status).toBe(404);
    expect((await send("offline", { appliance: "none" })).status).toBe(404);
    expect((await send("advance", { ms: "-1" })).status).toBe(400);
    const headers = { cookie, origin, "content-type": "text/plain" };
    expect((await ask("/_emulator/do/reset", { method: "POST", headers, body: "a" })).status).toBe(415);
  });
});
