import { describe, expect, test } from "vitest";
import { client } from "../../test/client.js";
import { token } from "../../test/control.js";
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

describe("forms", () => {
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
    };
    expect((await send("sp-update", change)).headers.get("location")).toBe(
      "/_emulator/page/metroplex?done=sp_updated",
    );
    expect(emulator.sps.list()[1]).toMatchObject({
      name: "Prime 2",
      homepage: "https://prime.test",
      allowed_return_origins: ["https://a.test", "https://b.test"],
      supported_chains: ["base"],
    });
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
