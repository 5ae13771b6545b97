import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { findChromium, howToGetChromium, startChromium } from "@sigil/testing/browser";
import { notRun } from "@sigil/testing/notRun";
import { isFullRun } from "@sigil/testing/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browser, focused, type Page, startPage, tabTo, textOf } from "../../test/browsing.js";
import { client, digest, firstEvm, until } from "../../test/client.js";

const chromium = await findChromium();
const part = "each form of the emulator's page";
const metroplex = "/_emulator/page/metroplex";
let browser: Browser;

if (chromium === undefined) notRun(part, howToGetChromium);
else if (!isFullRun()) notRun(part, "pnpm test:promises --project packages");
else {
  beforeAll(async () => {
    browser = await startChromium(chromium);
  });
  afterAll(() => browser?.close());
  describe(part, () => {
    describe("by mouse", byMouse);
    describe("by keyboard alone", byKeyboard);
  });
}

const said = (page: Page, text: string): Promise<void> =>
  page.locator("[data-part=status]", { hasText: text }).waitFor();

/** Names the variables that the page shows once. */
async function shownOnce(page: Page): Promise<Record<string, string>> {
  await page.locator("[data-part=shown-once]").waitFor();
  const names = await page.locator("[data-part=shown-once] dt").allTextContents();
  const values = await page.locator("[data-part=shown-once] dd").allTextContents();
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? ""]));
}

function byMouse(): void {
  test("a signature is rejected with a reason, which its caller reads", async () => {
    const { sp, tab, complaints } = await startPage(browser);
    await sp.pairPending().then((id) => sp.validate(id));
    const page = await tab();
    const asked = sp.sign(firstEvm, digest);
    await page.fill("[data-part=request] [name=reason]", "not on a Friday");
    await page.click("[data-part=request] [data-part=reject]");
    const { status, body } = await asked;
    expect([status, body.error.code]).toEqual([403, "user_rejected"]);
    expect(body.error.message).toContain("not on a Friday");
    await page.locator("[data-part=request]").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });

  test("a pairing is rejected with a reason, which its caller reads", async () => {
    const { sp, tab } = await startPage(browser);
    const page = await tab();
    const { id } = await sp.open();
    await page.fill("[data-part=card] [name=reason]", "I do not know them");
    await page.click("[data-part=card] [data-part=reject]");
    expect(await sp.result(id)).toMatchObject({ kind: "pair_rejected", reason: "I do not know them" });
  });

  test("a signature's time runs out: 408, and nothing is left to decide", async () => {
    const { sp, tab } = await startPage(browser);
    await sp.pairPending().then((id) => sp.validate(id));
    const page = await tab();
    const asked = sp.sign(firstEvm, digest);
    await page.click("[data-part=request] [data-part=expire]");
    expect(await asked).toMatchObject({ status: 408, body: { error: { code: "user_timeout" } } });
    await page.locator("[data-part=request]").waitFor({ state: "detached" });
  });

  test("another appliance is added by its name, and scans and signs with wallets of its own", async () => {
    const { emulator, sp, tab } = await startPage(browser);
    const page = await tab();
    const { body: session } = await sp.session();
    await page.fill("#more [name=name]", "Tablet");
    await page.click("[data-part=appliance-add]");
    const tablet = page.locator("[data-part=appliance]", { hasText: "Tablet" });
    await tablet.waitFor();
    await page.getByRole("button", { name: "Scan with Tablet" }).click();
    await tablet.locator("[data-part=card] [name=code]").fill("123456");
    await tablet.locator("[data-part=card] [data-part=approve]").click();
    const { pair_id, bindings } = await sp.result(session.session_id);
    expect((await sp.validate(pair_id)).status).toBe(200);
    expect(bindings[0].address).not.toBe(firstEvm);
    const asked = sp.sign(bindings[0].address, digest);
    await tablet.locator("[data-part=request] [data-part=approve]").click();
    expect((await asked).status).toBe(200);
    expect(emulator.appliances().map(({ name }) => name)[1]).toBe("Tablet");
  });

  test("the clock is moved on by a minute, and a session of a minute is over", async () => {
    const { emulator, sp, tab } = await startPage(browser);
    const page = await tab();
    const { body: session } = await sp.session({ expires_in_secs: 60 });
    const link = page.locator(`#open-${session.session_id}`);
    await link.waitFor();
    const before = emulator.clock.now();
    await page.click("[data-part=advance]");
    expect(await sp.result(session.session_id)).toMatchObject({ kind: "pair_expired" });
    await link.waitFor({ state: "detached" });
    expect(emulator.clock.now() - before).toBeGreaterThanOrEqual(60_000);
  });

  test("a service provider is added, changed and removed, and a second tab follows", async () => {
    const { emulator, tab, complaints } = await startPage(browser);
    const [page, other] = [await tab(metroplex), await tab(metroplex)];
    await page.fill("#more [name=name]", "Prime");
    await page.click("[data-part=sp-add]");
    const { SIGIL_API_KEY: apiKey = "", SIGIL_SP_SEED: privateKeySeed = "" } = await shownOnce(page);
    const prime = client(emulator, { ...emulator.sp, apiKey, privateKeySeed });
    const pairId = await prime.pairPending();
    await prime.validate(pairId);
    const asked = prime.sign(firstEvm, digest);
    const [waiting] = await until(async () => {
      const requests = await emulator.appliance.requests();
      return requests.length > 0 ? requests : undefined;
    });
    await waiting?.approve();
    // Signed with the seed that was shown.
    expect((await asked).status).toBe(200);

    const section = other.locator("[data-part=sp]", { hasText: "Prime" });
    await section.locator("[name=homepage]").fill("https://prime.test");
    await section.locator("[name=origins]").fill("https://a.test");
    await section.locator("[name=chain][value=solana]").uncheck();
    await section.locator("[data-part=sp-update]").click();
    await said(other, "Service provider saved.");
    expect(emulator.sps.list()[1]).toMatchObject({
      role: "service_provider",
      homepage: "https://prime.test",
      allowed_return_origins: ["https://a.test"],
    });
    expect(emulator.sps.list()[1]?.supported_chains).not.toContain("solana");
    await section.locator("[data-part=sp-remove]").click();
    await page.locator("[data-part=sp]", { hasText: "Prime" }).waitFor({ state: "detached" });
    expect((await prime.session()).status).toBe(401);
    expect(complaints).toEqual([]);
  });

  test("a stream and a request that waits are seen while they are open", async () => {
    const { emulator, sp, tab } = await startPage(browser);
    const page = await tab("/_emulator/page/traffic");
    const outcomes = (): Promise<string[]> => page.locator("[data-part=outcome]").allTextContents();
    const { card, id } = await sp.open();
    const frame = sp.result(id);
    await expect.poll(outcomes).toEqual(["200, open", "201"]);
    await page.locator("[data-part=exchange] > summary").first().click();
    await page.locator("[data-part=exchange]", { hasText: ": keep-alive" }).first().waitFor();
    await card.approve();
    const { pair_id } = await frame;
    await expect.poll(outcomes).toEqual(["200", "201"]);
    expect(await page.locator("[data-part=exchange]").first().textContent()).toContain(
      "event: pair_completed",
    );
    // Nothing but the request itself says that it came.
    emulator.faults.add({ route: "validateSpKey", calls: 1, fault: { kind: "latency", ms: 600_000 } });
    const leaving = new AbortController();
    const init = { method: "POST", body: "{}", signal: leaving.signal };
    const hanging = sp.raw("POST", "/sp/pair/validate", init).catch(() => {});
    await expect.poll(outcomes).toEqual(["open", "200", "201"]);
    leaving.abort();
    await hanging;
    await expect.poll(outcomes).toEqual(["aborted", "200", "201"]);
    expect((await sp.validate(pair_id)).status).toBe(200);
  });

  const hasCurl = spawnSync("curl", ["--version"]).status === 0;
  if (!hasCurl) notRun("what is copied as curl, run by a shell", "install curl");
  else
    test("what is copied as curl does the same again in a shell", async () => {
      const permissions = ["clipboard-read", "clipboard-write"];
      const { emulator, server, tab } = await startPage(browser, { permissions });
      const { apiKey } = emulator.sp;
      const requested_scopes = [{ chain: "base", access: "sign" }];
      const sent = JSON.stringify({ sp_user_ref: `o'neill "$HOME" \\ ada`, requested_scopes });
      const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
      await fetch(`${server.url}/sp/pair/sessions`, { method: "POST", headers, body: sent });
      const page = await tab("/_emulator/page/traffic");
      await page.click("[data-part=exchange] > summary");
      await page.click("[data-part=exchange] [data-part=copy]");
      await said(page, "Copied.");
      const command = await page.evaluate(() => navigator.clipboard.readText());
      const env = { PATH: process.env.PATH, SIGIL_API_KEY: apiKey, HOME: "/nowhere" };
      const { stdout } = await promisify(execFile)("sh", ["-c", command], { env });
      expect(JSON.parse(stdout)).toMatchObject({ session_id: expect.any(String) });
      const [first, again] = emulator.traffic.list();
      expect(again).toMatchObject({ method: "POST", url: first?.url, request: { body: sent } });
      expect(emulator.sessions()).toHaveLength(2);
    });

  test("what the browser does not let be copied is selected", async () => {
    const { sp, tab } = await startPage(browser);
    await sp.session();
    const page = await tab("/_emulator/page/traffic");
    // As on a page that is not on this machine and without TLS.
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.click("[data-part=exchange] > summary");
    await page.click("[data-part=exchange] [data-part=copy]");
    await said(page, "it is selected");
    const selected = await page.evaluate(() => String(getSelection()));
    expect(selected).toBe(await textOf(page, "curl"));
  });
}

function byKeyboard(): void {
  test("a link is scanned, its pairing rejected with a reason", async () => {
    const { sp, tab } = await startPage(browser);
    const page = await tab();
    const { body: session } = await sp.session();
    await tabTo(page, "link");
    await page.keyboard.type(session.pair_uri);
    await page.keyboard.press("Tab");
    await page.keyboard.type("123456");
    await page.keyboard.press("Enter");
    await page.locator("[data-part=card]").waitFor();
    expect(await focused(page)).toBe("code");
    await tabTo(page, "reason");
    await page.keyboard.type("not mine");
    await tabTo(page, "reject");
    await page.keyboard.press("Enter");
    expect(await sp.result(session.session_id)).toMatchObject({ kind: "pair_rejected", reason: "not mine" });
    await page.locator("[data-part=card]").waitFor({ state: "detached" });
    expect(await focused(page)).not.toBe("BODY");
  });

  test("a signature is rejected with a reason", async () => {
    const { sp, tab } = await startPage(browser);
    await sp.pairPending().then((id) => sp.validate(id));
    const page = await tab();
    const asked = sp.sign(firstEvm, digest);
    await page.locator("[data-part=request]").waitFor();
    await tabTo(page, "reason");
    await page.keyboard.type("no");
    await page.keyboard.press("Enter");
    expect((await asked).body.error.code).toBe("user_rejected");
    await page.locator("[data-part=request]").waitFor({ state: "detached" });
    expect(await focused(page)).not.toBe("BODY");
  });

  test("an appliance goes offline and online again, the focus stays at the switch's place", async () => {
    const { emulator, tab } = await startPage(browser);
    const page = await tab();
    for (const [switched, back] of [
      ["offline", "online"],
      ["online", "offline"],
    ] as const) {
      await tabTo(page, switched);
      await page.keyboard.press("Enter");
      await page.locator(`[data-part=${back}]`).waitFor();
      expect(emulator.appliance.online()).toBe(switched === "online");
      expect(await focused(page)).not.toBe("BODY");
    }
  });

  test("a service provider's keys are added and removed, and the service provider with them", async () => {
    const { emulator, tab, complaints } = await startPage(browser);
    const page = await tab(metroplex);
    const [first] = emulator.sps.list();
    await tabTo(page, "api-key-add");
    await page.keyboard.press("Enter");
    const { SIGIL_API_KEY: apiKey = "" } = await shownOnce(page);
    expect(await focused(page)).toBe("shown-once");
    await tabTo(page, "api-key-remove");
    await page.keyboard.press("Enter");
    await page.locator(`#key-${first?.api_keys[0]?.id}`).waitFor({ state: "detached" });
    expect(await focused(page)).not.toBe("BODY");
    expect((await client(emulator, { ...emulator.sp, apiKey }).session()).status).toBe(201);

    await tabTo(page, "publicKey");
    await page.keyboard.type("lqeP5UJ4iU7Nb2bVLOubStuhCqT5uHBFQNonCIXBKmg");
    await page.keyboard.press("Enter");
    await until(() => emulator.sps.list()[0]?.signing_keys.length === 2);
    await page.locator("[data-part=signing-key]").nth(1).waitFor();
    await tabTo(page, "signing-key-remove", 1);
    await page.keyboard.press("Enter");
    await until(() => emulator.sps.list()[0]?.signing_keys.length === 1);
    expect(emulator.sps.list()[0]?.signing_keys[0]?.public_key).toBe(emulator.sp.publicKey);

    await tabTo(page, "sp-add");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.type("Prime");
    await page.keyboard.press("Enter");
    await page.locator("[data-part=sp]").nth(1).waitFor();
    await tabTo(page, "homepage", 1);
    await page.keyboard.type("https://prime.test");
    await page.keyboard.press("Enter");
    await until(() => emulator.sps.list()[1]?.homepage === "https://prime.test");
    await tabTo(page, "sp-remove", 1);
    await page.keyboard.press("Enter");
    await page.locator("[data-part=sp]").nth(1).waitFor({ state: "detached" });
    expect(emulator.sps.list().map(({ id }) => id)).toEqual([first?.id]);
    expect(await focused(page)).not.toBe("BODY");
    expect(complaints).toEqual([]);
  });
}
