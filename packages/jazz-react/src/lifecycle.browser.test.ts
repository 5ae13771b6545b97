import { notRun } from "@sigil/testing/notRun";
import { isFullRun } from "@sigil/testing/promises";
import { describe, expect, test } from "vitest";
import {
  approve,
  type ContextOptions,
  openReady,
  openTab,
  reject,
  scan,
  type Tab,
} from "../test/browsing.js";
import { describeInBrowser } from "../test/describeInBrowser.js";
import { iPhone } from "../test/devices.js";
import { openSite } from "../test/site.js";

if (!isFullRun())
  notRun("the widget in React 18, in half of its states and on most hosts", "pnpm test:promises");

describeInBrowser("a pairing from its code to its end", (browser) => {
  test("default: shows a code, and is complete once the owner has approved", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site);
    expect(await tab.text("code")).toBe(`Code ${tab.session.validation_code}`);
    await approve(site, tab.session);
    await tab.until("complete");
    const { session_id } = tab.session;
    await expect.poll(tab.told).toMatchObject({ created: 1, complete: [{ session_id }] });
    expect(site.paired).toMatchObject([{ userId: "ada", sessionId: session_id }]);
    expect(await tab.page.locator("[data-part=actions] button").count()).toBe(0);
    expect(tab.complaints).toEqual([]);
  });

  test("behavior: a refusal is told with its reason, and a new code pairs", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site);
    await reject(site, tab.session);
    await tab.until("rejected");
    await expect.poll(tab.told).toMatchObject({ rejected: ["user_rejected"] });
    await tab.click("new-code");
    const second = await tab.until("ready");
    expect(second.session_id).not.toBe(tab.session.session_id);
    expect(await tab.text("code")).toContain(second.validation_code);
    await approve(site, second);
    await tab.until("complete");
    expect(tab.complaints).toEqual([]);
  });

  test("behavior: a wrong code is told as such", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site);
    const wrong = tab.session.validation_code === "000000" ? "000001" : "000000";
    await approve(site, { ...tab.session, validation_code: wrong });
    await tab.until("rejected");
    expect(await tab.text("status")).toBe("The code that was typed is not the one shown here.");
    await expect.poll(tab.told).toMatchObject({ rejected: ["wrong_validation_code"], complete: [] });
  });

  test("behavior: cancelling ends the session at the server, and an approval that comes later pairs nobody", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site);
    await tab.click("cancel");
    await tab.until("rejected");
    await expect.poll(tab.told).toMatchObject({ rejected: ["cancelled"] });
    await approve(site, tab.session);
    await tab.page.reload();
    await tab.until("ready");
    expect(site.paired).toEqual([]);
    await tab.click("cancel");
    await tab.until("rejected");
    expect(tab.complaints).toEqual([]);
  });

  test("behavior: an owner who is faster than cancel has paired", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site);
    await tab.page.route("**/cancel", async (route) => {
      await approve(site, tab.session);
      await expect.poll(() => site.paired.length).toBe(1);
      await route.continue();
    });
    await tab.click("cancel");
    await tab.until("complete");
    await expect.poll(tab.told).toMatchObject({ rejected: [], complete: [{}] });
  });

  describe.each(isFullRun() ? ([18, 19] as const) : ([19] as const))("React %d", (react) => {
    test("e3: StrictMode opens one session, and tells of its end once", async () => {
      const site = await openSite({ react });
      const tab = await openReady(browser(), site);
      await approve(site, tab.session);
      await tab.until("complete");
      await expect.poll(tab.told).toMatchObject({ created: 1, complete: [{}] });
      const mints = site.asked.filter((line) => line === "POST /api/create-pair-session");
      expect(mints).toHaveLength(1);
      expect(tab.complaints).toEqual([]);
    });

    test("e3: leaving in any state leaves no request open and says nothing", async () => {
      const site = await openSite({ react });
      const leave = async (state: string, prepare: (tab: Tab) => Promise<unknown>): Promise<void> => {
        const tab = await openTab(browser(), iPhone);
        const open = openCalls(tab);
        await prepare(tab);
        await tab.until(state);
        await tab.page.evaluate(() => globalThis.unmount());
        await expect.poll(open).toEqual([]);
        await expect.poll(site.openWaits).toBe(0);
        // Of a refused request the browser speaks by itself.
        const said = tab.complaints.filter((line) => !line.startsWith("Failed to load resource: "));
        expect([state, said]).toEqual([state, []]);
        await tab.context.close();
      };
      const ready = async (tab: Tab) => {
        await tab.goto(site.page());
        return tab.until("ready");
      };
      await leave("creating", async (tab) => {
        site.held = true;
        await tab.goto(site.page());
      });
      site.held = false;
      await leave("ready", ready);
      await leave("opened", async (tab) => {
        await ready(tab);
        await tab.click("open-app");
      });
      await leave("overdue", async (tab) => {
        await tab.page.clock.install();
        await ready(tab);
        await tab.page.clock.fastForward(301_000);
      });
      await leave("error", async (tab) => {
        await ready(tab);
        await expect.poll(site.openWaits).toBe(1);
        site.failing = 403;
        site.cut();
      });
      site.failing = undefined;
      await leave("complete", async (tab) => approve(site, await ready(tab)));
      await leave("rejected", async (tab) => reject(site, await ready(tab)));
      await leave("expired", async (tab) => {
        await ready(tab);
        site.emulator.clock.advance(301_000);
      });
      // Octane has heard of each wait's end as well.
      const open = () =>
        site.emulator.traffic
          .list()
          .filter(({ url, response }) => url.endsWith("/result") && response.ended === "open");
      await expect.poll(open).toEqual([]);
    });

    test("e3: leaving before anything has begun leaves no request open and says nothing", async () => {
      const site = await openSite({ react });
      const tab = await openTab(browser());
      const open = openCalls(tab);
      await tab.page.addInitScript(leaveAtOnce);
      await tab.goto(site.page());
      await tab.page.waitForFunction(() => globalThis.left !== undefined);
      expect(await tab.page.evaluate(() => globalThis.left)).toBe("idle");
      await expect.poll(open).toEqual([]);
      await expect.poll(site.openWaits).toBe(0);
      expect(tab.complaints).toEqual([]);
    });

    test("e12: what a server renders is taken over without a warning, under a strict Content-Security-Policy", async () => {
      const site = await openSite({ react });
      for (const options of [{}, { mode: "link", spName: "Acme" }] as const) {
        const tab = await openTab(browser());
        const answer = await tab.context.request.get(site.page({ ...options, ssr: true }));
        expect(await answer.text()).toContain('data-state="idle"');
        expect(answer.headers()["content-security-policy"]).not.toContain("unsafe");
        await tab.goto(site.page({ ...options, ssr: true }));
        await tab.until("ready");
        await tab.click("switch-mode");
        await tab.click("copy");
        const radius = () =>
          tab.page.locator("[data-sigil-jazz]").evaluate((root) => getComputedStyle(root).borderRadius);
        expect(await radius()).toBe("12px");
        expect(tab.complaints).toEqual([]);
      }
    });
  });

  test("e2: the QR code is read off a screenshot, in light, dark and forced colours, at 320 px and double density", async () => {
    const site = await openSite();
    const narrow = { viewport: { width: 320, height: 800 }, deviceScaleFactor: 2 };
    const looks: readonly ContextOptions[] = [
      { colorScheme: "light" },
      { colorScheme: "dark" },
      { ...narrow, colorScheme: "light" },
      { ...narrow, colorScheme: "dark" },
      { ...narrow, colorScheme: "dark", forcedColors: "active" },
    ];
    for (const look of looks.filter((_, i) => isFullRun() || i % 2 === 0)) {
      const { page, session } = await openReady(browser(), site, look);
      expect([look, scan(await page.screenshot({ fullPage: true }))]).toEqual([
        look,
        `sigil://pair?session=${session.session_id}`,
      ]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(width).toBeLessThanOrEqual(0);
    }
  });

  test("behavior: where no QR code can be drawn, code and link are there", async () => {
    const site = await openSite();
    const tab = await openTab(browser());
    await tab.page.route("**/create-pair-session", async (route) => {
      const response = await route.fetch();
      const session = (await response.json()) as object;
      await route.fulfill({ response, json: { ...session, session_id: "\u{1F600}".repeat(128) } });
    });
    await tab.page.route("**/result", () => {});
    await tab.goto(site.page());
    await tab.until("ready");
    expect(await tab.count("code")).toBe(1);
    expect(await tab.count("share-link")).toBe(1);
  });
});

/** Which of a page's calls of its server have not ended. */
function openCalls({ page }: Tab): () => string[] {
  const open = new Set<string>();
  page.on("request", (request) => open.add(request.url()));
  for (const event of ["requestfinished", "requestfailed"] as const)
    page.on(event as "requestfinished", (request) => open.delete(request.url()));
  return () => [...open].filter((url) => url.includes("/api/"));
}

declare global {
  /** The state that the page was left in. */
  var left: string | undefined;
}

/** In the page: leaves as soon as the widget is there, before its effects have run. */
function leaveAtOnce(): void {
  const observer = new MutationObserver(() => {
    const state = document.querySelector<HTMLElement>("[data-sigil-jazz]")?.dataset.state;
    if (state === undefined) return;
    observer.disconnect();
    globalThis.left = state;
    globalThis.unmount();
  });
  observer.observe(document, { childList: true, subtree: true });
}
