import { axeViolations } from "@sigil/testing/browser";
import { isFullRun } from "@sigil/testing/promises";
import { expect, test } from "vitest";
import {
  approve,
  type ContextOptions,
  focused,
  openReady,
  openTab,
  type Page,
  reject,
  type Tab,
} from "../test/browsing.js";
import { describeInBrowser } from "../test/describeInBrowser.js";
import { iPhone } from "../test/devices.js";
import { openSite, type Site } from "../test/site.js";

type Arrange = (tab: Tab, site: Site) => Promise<unknown>;

const ready: Arrange = async (tab, site) => {
  await tab.goto(site.page());
  return tab.until("ready");
};

/** How a page comes into each state. */
const states: Readonly<Record<string, Arrange>> = {
  creating: async (tab, site) => {
    site.held = true;
    await tab.goto(site.page());
  },
  ready,
  opened: async (tab, site) => {
    await tab.goto(site.page({ mode: "link" }));
    await tab.click("open-app");
  },
  overdue: async (tab, site) => {
    await tab.page.clock.install();
    await ready(tab, site);
    await tab.page.clock.fastForward(301_000);
  },
  complete: async (tab, site) => {
    await ready(tab, site);
    await approve(site, await tab.until("ready"));
  },
  rejected: async (tab, site) => {
    await ready(tab, site);
    await reject(site, await tab.until("ready"));
  },
  expired: async (tab, site) => {
    await ready(tab, site);
    site.emulator.clock.advance(301_000);
  },
  error: async (tab, site) => {
    site.failing = 403;
    await tab.goto(site.page());
  },
  idle: async (tab, site) => {
    // As its server rendered it, before any script has run.
    await tab.page.route("**/client.js", (route) => route.fulfill({ contentType: "text/javascript" }));
    await tab.goto(site.page({ ssr: true }));
  },
};

const both = ["light", "dark"] as const;

/** Presses Tab until the part has the focus. */
async function tabTo(page: Page, part: string): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    if ((await focused(page)) === part) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`No way by Tab to ${part}.`);
}

describeInBrowser("for everybody", (browser) => {
  const lines = new Map<string, string | null>();

  test.each(Object.entries(states).filter((_, i) => isFullRun() || i % 2 === 1))(
    "e6: axe finds nothing wrong while %s, which has a line of its own",
    async (state, arrange) => {
      const site = await openSite();
      const tab = await openTab(browser());
      await arrange(tab, site);
      await tab.until(state);
      // Each state's colours are the same few.
      for (const colorScheme of isFullRun() || state === "ready" ? both : both.slice(0, 1)) {
        await tab.page.emulateMedia({ colorScheme });
        expect([colorScheme, await axeViolations(tab.page)]).toEqual([colorScheme, []]);
      }
      expect(await tab.page.locator("[role=status], output").count()).toBe(1);
      const line = await tab.text("status");
      expect([...lines.values()]).not.toContain(line);
      lines.set(state, line);
      site.held = false;
    },
  );

  test("e6: axe finds nothing wrong with the link on a phone", async () => {
    const site = await openSite();
    const { page } = await openReady(browser(), site, iPhone, { spName: "Acme" });
    expect(await axeViolations(page)).toEqual([]);
  });

  test("e6: the QR code has a name, link and code stand beside it as text, and the timer is silent", async () => {
    const site = await openSite();
    const { page, session } = await openReady(browser(), site, {}, { spName: "Acme" });
    const widget = page.getByRole("region", { name: "Pair your Sigil with Acme" });
    await expect
      .poll(() => widget.getByRole("img", { name: "QR code for pairing with Sunstorm" }).count())
      .toBe(1);
    expect(await widget.innerText()).toContain(session.validation_code);
    expect(await widget.innerText()).toContain(`https://sigilvault.xyz/pair?session=${session.session_id}`);
    const timer = widget.getByRole("timer");
    expect(await timer.getAttribute("aria-live")).toBe("off");
    expect(await timer.textContent()).toMatch(/^(5:00|4:5\d)$/);
    expect(await widget.getByRole("status").getByRole("timer").count()).toBe(0);
  });

  test("e7: pairs, copies, changes over, cancels and renews by keyboard alone, and the focus is never lost", async () => {
    const site = await openSite();
    const context: ContextOptions = { permissions: ["clipboard-read", "clipboard-write"] };
    const tab = await openReady(browser(), site, context);
    const { page } = tab;
    const lost: string[] = [];
    const press = async (part: string, key: string, state?: string): Promise<void> => {
      await tabTo(page, part);
      await page.keyboard.press(key);
      if (state !== undefined) await tab.until(state);
      if ((await focused(page)) === "BODY") lost.push(part);
    };
    await page.focus("#before");
    await press("copy", "Enter");
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("https://");
    await press("switch-mode", "Enter");
    expect(await tab.count("open-app")).toBe(1);
    await press("switch-mode", " ");
    expect(await tab.count("qr")).toBe(1);
    await press("cancel", "Enter", "rejected");
    await press("new-code", "Enter", "ready");
    await tabTo(page, "switch-mode");
    await page.keyboard.press("Escape");
    await tab.until("rejected");
    expect(await focused(page)).toBe("new-code");
    await press("new-code", "Enter", "ready");
    await tabTo(page, "copy");
    await approve(site, await tab.until("ready"));
    await tab.until("complete");
    await expect.poll(() => focused(page)).toBe("status");
    expect(lost).toEqual([]);
    expect(tab.complaints).toEqual([]);
  });

  test("e7: Esc cancels while the code is being fetched, too", async () => {
    const site = await openSite();
    site.held = true;
    const tab = await openTab(browser());
    await tab.goto(site.page());
    await tab.until("creating");
    await tabTo(tab.page, "cancel");
    await tab.page.keyboard.press("Escape");
    await tab.until("rejected");
    expect(await tab.text("status")).toBe("The pairing was cancelled.");
  });

  test("e7: another element of the page keeps the focus, whatever happens in the widget", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site);
    await tab.page.focus("#before");
    await reject(site, tab.session);
    await tab.until("rejected");
    expect(await focused(tab.page)).toBe("before");
  });

  test("e8: the button says that it copied once it did", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site, { permissions: ["clipboard-read", "clipboard-write"] });
    await tab.page.evaluate(holdClipboard);
    await tab.click("copy");
    expect(await tab.text("copy")).toBe("Copy link");
    await tab.page.evaluate(() => globalThis.letCopy());
    await expect.poll(() => tab.text("copy")).toBe("Link copied.");
    expect(await tab.page.evaluate(() => navigator.clipboard.readText())).toBe(
      `https://sigilvault.xyz/pair?session=${tab.session.session_id}`,
    );
  });

  const clipboards = [
    ["denied", (page: Page) => page.evaluate(denyClipboard)],
    ["missing, as on plain http", (page: Page) => page.evaluate(loseClipboard)],
  ] as const;
  test.each(clipboards)("e8: with the clipboard %s it says so, and selects the link", async (_, spoil) => {
    const site = await openSite();
    const tab = await openReady(browser(), site);
    await spoil(tab.page);
    await tab.click("copy");
    await expect.poll(() => tab.text("copy")).toContain("Copying failed.");
    expect(await tab.text("status")).toContain("Copying failed.");
    expect(await tab.page.evaluate(() => String(getSelection()))).toBe(
      `https://sigilvault.xyz/pair?session=${tab.session.session_id}`,
    );
    expect(tab.complaints).toEqual([]);
  });
});

declare global {
  var letCopy: () => void;
}

function holdClipboard(): void {
  const write = navigator.clipboard.writeText.bind(navigator.clipboard);
  const allowed = new Promise<void>((resolve) => {
    globalThis.letCopy = resolve;
  });
  navigator.clipboard.writeText = (text) => allowed.then(() => write(text));
}

function denyClipboard(): void {
  navigator.clipboard.writeText = () => Promise.reject(new DOMException("denied", "NotAllowedError"));
}

function loseClipboard(): void {
  Object.defineProperty(navigator, "clipboard", { value: undefined });
}
