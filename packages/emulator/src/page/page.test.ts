import { request as httpRequest } from "node:http";
import { axeViolations, findChromium, howToGetChromium, startChromium } from "@sigil/testing/browser";
import { note } from "@sigil/testing/note";
import { notRun } from "@sigil/testing/notRun";
import { isFullRun } from "@sigil/testing/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Browser, focused, startPage, tabTo, textOf } from "../../test/browsing.js";
import { client, digest, firstEvm, until } from "../../test/client.js";
import { createEmulator } from "../index.js";
import { listen } from "../node/index.js";

const chromium = await findChromium();
let browser: Browser;

if (chromium === undefined) notRun("tests of the emulator's page", howToGetChromium);
else {
  beforeAll(async () => {
    browser = await startChromium(chromium);
  });
  afterAll(() => browser?.close());

  describe("Sunstorm, in a browser", () => {
    test("default: each by one click, and the service provider sees it at once", async () => {
      const { emulator, sp, tab, complaints } = await startPage(browser);
      const page = await tab();
      const took: number[] = [];
      const click = async (selector: string, seen: Promise<unknown>): Promise<unknown> => {
        await page.locator(selector).waitFor();
        const began = performance.now();
        const [, got] = await Promise.all([page.click(selector), seen]);
        took.push(performance.now() - began);
        return got;
      };
      const { body: session } = await sp.session();
      await page.click("[data-part=scan-open] >> nth=0");
      await page.fill("[data-part=card] [name=code]", "123456");
      const paired = await click("[data-part=card] [data-part=approve]", sp.result(session.session_id));
      expect(paired).toMatchObject({ kind: "pair_completed", sp_user_ref: "ada" });
      const { pair_id } = paired as { pair_id: string };
      expect((await sp.validate(pair_id)).status).toBe(200);

      const rejected = (await sp.open()).id;
      const reject = click("[data-part=card] [data-part=reject]", sp.result(rejected));
      expect(await reject).toMatchObject({ kind: "pair_rejected", reason: "rejected by the user" });

      const expired = (await sp.open()).id;
      expect(await click("[data-part=card] [data-part=expire]", sp.result(expired))).toMatchObject({
        kind: "pair_expired",
      });

      const approve = "[data-part=request] [data-part=approve]";
      expect(await click(approve, sp.sign(firstEvm, digest))).toMatchObject({ status: 200 });
      await page.locator("[data-part=request]").waitFor({ state: "detached" });

      await click("[data-part=offline]", page.locator("[data-part=online]").waitFor());
      expect((await sp.sign(firstEvm, digest)).status).toBe(503);
      await click("[data-part=online]", page.locator("[data-part=offline]").waitFor());

      const events = sp.raw("GET", `/sp/pairings/${pair_id}/events`).then((response) => response.text());
      expect(await click("[data-part=revoke]", events)).toContain("pair_revoked");
      const [median = Number.NaN] = took.toSorted((a, b) => a - b).slice(Math.floor(took.length / 2));
      note(
        `the emulator's page: what is clicked is seen after ${Math.round(median)} ms (median of ${took.length})`,
      );
      // Half a second, and as much again where the machine has much else to do. The median, since anything may take its time once.
      expect(median).toBeLessThan(1_000);
      expect(emulator.appliance.pairs()).toMatchObject([{ state: "revoked" }]);
      expect(complaints).toEqual([]);
    });

    test("behavior: a second tab shows the same, live; reset empties both", async () => {
      const { sp, tab } = await startPage(browser);
      const [one, two] = await Promise.all([tab(), tab()]);
      await sp.open();
      for (const page of [one, two]) await page.locator("[data-part=card]").waitFor();
      await one.click("[data-part=card] [data-part=approve]");
      await two.locator("[data-part=pair][data-state=pending]").waitFor();
      expect(await textOf(one, "status")).not.toBe("");
      await two.click("[data-part=reset]");
      await two.click("[data-part=reset-sure]");
      for (const page of [one, two]) await page.locator("[data-part=pair]").waitFor({ state: "detached" });
      expect(await one.locator("[data-part=mark]").textContent()).toContain("EMULATOR");
    });

    test("behavior: some scopes, by keyboard alone; the focus is never lost", async () => {
      const { emulator, sp, tab } = await startPage(browser);
      const page = await tab();
      const { id } = await sp.open({ requested_scopes: [{ chain: "ethereum", access: "sign" }] });
      await page.locator("[data-part=card]").waitFor();
      await page.focus("[name=scope] >> nth=1");
      await page.keyboard.press("Space");
      await tabTo(page, "approve");
      await page.keyboard.press("Enter");
      expect((await sp.result(id)).bindings).toMatchObject([{ wallet_index: 0, address: firstEvm }]);
      await page.locator("[data-part=card]").waitFor({ state: "detached" });
      expect(await focused(page)).toBe(`title-${emulator.appliance.id}`);
      await tabTo(page, "revoke");
      await page.keyboard.press("Enter");
      await page.locator("[data-part=pair][data-state=revoked]").waitFor();
      expect(await focused(page)).not.toBe("BODY");
    });

    test("behavior: reset asks first, by keyboard: Escape keeps everything", async () => {
      const { emulator, sp, tab } = await startPage(browser);
      const page = await tab();
      await sp.pair();
      await tabTo(page, "reset");
      await page.keyboard.press("Enter");
      await page.locator("[data-part=reset-ask]").waitFor({ state: "visible" });
      await page.keyboard.press("Escape");
      await page.locator("[data-part=reset-ask]").waitFor({ state: "hidden" });
      expect([await focused(page), emulator.appliance.pairs().length]).toEqual(["reset", 1]);
      await page.keyboard.press("Enter");
      await tabTo(page, "reset-sure");
      await page.keyboard.press("Enter");
      await page.locator("[data-part=pair]").waitFor({ state: "detached" });
      await page.locator("[data-part=reset-ask]").waitFor({ state: "hidden" });
      expect(await focused(page)).toBe("reset");
    });

    test("behavior: a link without a code asks for it, or is approved without one on purpose", async () => {
      const { emulator, sp, tab } = await startPage(browser);
      const page = await tab();
      const { body: session } = await sp.session();
      await tabTo(page, "scan-open");
      await page.keyboard.press("Enter");
      await page.locator("[data-part=card]").waitFor();
      expect(await focused(page)).toBe("open-title");
      await page.click("[data-part=card] [data-part=approve]");
      expect(await page.locator("[data-part=card] [name=code]:invalid").count()).toBe(1);
      expect(emulator.appliance.pairs()).toEqual([]);
      await page.click("[data-part=approve-without-code]");
      await page.locator("[data-part=status]", { hasText: "without a code" }).waitFor();
      const { pair_id } = await sp.result(session.session_id);
      expect((await sp.validate(pair_id)).body.error.code).toBe("wrong_validation_code");
      await page.reload();
      expect(await page.locator("[data-part=pair]").innerText()).toContain(
        "1 wrong code\nsign ethereum 0, 1; ",
      );
    });

    test("behavior: what is being typed, and where, survives what happens elsewhere", async () => {
      const { emulator, sp, tab } = await startPage(browser);
      const page = await tab();
      await page.locator("[name=link]").pressSequentially("sigil://pa");
      await sp.open();
      emulator.appliance.setOnline(false);
      await page.locator("[data-part=online]").waitFor();
      await page.keyboard.type("ir");
      expect(await page.inputValue("[name=link]")).toBe("sigil://pair");
      expect(await page.locator("[role=status]").count()).toBe(1);
      expect(await textOf(page, "status")).toBe("An appliance is offline.");
    });

    test("behavior: what cannot be done says why, in place", async () => {
      const { tab } = await startPage(browser);
      const page = await tab();
      await page.fill("[name=link]", "https://evil.test/pair?session=1");
      await page.click("[data-part=scan]");
      await page.locator("[data-part=status]", { hasText: "This is no pairing link" }).waitFor();
      expect(new URL(page.url()).pathname).toBe("/");
    });

    test("behavior: works without JavaScript", async () => {
      const { sp, tab } = await startPage(browser, { javaScriptEnabled: false });
      const page = await tab();
      const { body: session } = await sp.session();
      await page.fill("[name=link]", session.pair_uri);
      await page.fill("[name=code]", "123456");
      await page.click("[data-part=scan]");
      await page.click("[data-part=card] [data-part=approve]");
      expect(await textOf(page, "status")).toBe("Pairing approved.");
      const { pair_id } = await sp.result(session.session_id);
      expect((await sp.validate(pair_id)).status).toBe(200);
      await page.click("[data-part=revoke]");
      expect(await page.locator("[data-part=pair]").getAttribute("data-state")).toBe("revoked");
      await page.click("[data-part=reset]");
      await page.click("[data-part=reset-sure]");
      expect(await textOf(page, "status")).toBe("Everything is as it was at the start.");
    });
  });

  describe("Metroplex and Traffic, in a browser", () => {
    test("default: an API key is shown once, rotates, and each call is seen", async () => {
      const { emulator, tab, complaints } = await startPage(browser);
      const page = await tab("/_emulator/page/metroplex");
      const [old] = emulator.sps.list()[0]!.api_keys;
      await page.click("[data-part=api-key-add]");
      await page.locator("[data-part=shown-once]").waitFor();
      expect(await focused(page)).toBe("shown-once");
      const apiKey = await page.textContent("[data-part=shown-once] dd");
      await page.click(`#key-${old!.id} button`);
      await page.locator(`#key-${old!.id}`).waitFor({ state: "detached" });
      const traffic = await tab("/_emulator/page/traffic");
      const asked = await client(emulator, { ...emulator.sp, apiKey: apiKey! }).session();
      expect(asked.status).toBe(201);
      expect((await client(emulator).session()).status).toBe(401);
      await traffic.locator("[data-part=exchange]").nth(1).waitFor();
      await traffic.locator("[data-part=exchange] > summary").last().click();
      expect(await traffic.locator("[data-part=curl]").last().textContent()).toContain(
        "Bearer $SIGIL_API_KEY",
      );
      expect(await traffic.content()).not.toContain(apiKey);
      await traffic.fill("[name=q]", "unauthorized");
      await traffic.keyboard.press("Enter");
      await until(async () => (await textOf(traffic, "count"))?.startsWith("1 of 2"));
      await page.reload();
      expect(await page.content()).not.toContain(apiKey);
      expect(complaints).toEqual([]);
    });

    test("behavior: axe finds nothing wrong, in light and dark", async () => {
      const { sp, tab } = await startPage(browser);
      await sp.pair();
      await sp.open();
      sp.sign(firstEvm, digest).catch(() => {});
      const page = await tab();
      await page.locator("[data-part=request]").waitFor();
      const look = async (path: string, colorScheme: "light" | "dark"): Promise<void> => {
        await page.emulateMedia({ colorScheme });
        await page.goto(new URL(path, page.url()).href);
        if (path.endsWith("traffic")) {
          await page.locator("[data-part=exchange] > summary").last().click();
          await page.getByText("Indented").last().click();
        }
        expect([path, colorScheme, await axeViolations(page)]).toEqual([path, colorScheme, []]);
      };
      const others = isFullRun() ? ["/_emulator/"] : [];
      for (const path of ["/", "/_emulator/page/metroplex", "/_emulator/page/traffic", ...others]) {
        const schemes = isFullRun() || path === "/" ? (["light", "dark"] as const) : (["light"] as const);
        for (const colorScheme of schemes) await look(path, colorScheme);
      }
    });
  });
}

describe("from elsewhere", () => {
  test("behavior: another host is refused", async () => {
    const { port, close, controlToken } = await listen(createEmulator(), { port: 0, control: {} });
    onTestFinished(close);
    const status = await new Promise((resolve) => {
      const headers = { host: `evil.test:${port}` };
      httpRequest({ port, path: `/?token=${controlToken}`, headers }, ({ statusCode }) =>
        resolve(statusCode),
      ).end();
    });
    expect(status).toBe(403);
  });
});
