import { figure, rounds } from "@sigil/testing/promises";
import { expect, test } from "vitest";
import { openTab } from "../test/browsing.js";
import { describeInBrowser } from "../test/describeInBrowser.js";
import { hostileTexts } from "../test/hostileTexts.js";
import { openSite } from "../test/site.js";
import type { JazzPairLabels } from "./JazzPairProps.js";

/** The labels of a page that shows a code, in both modes. */
const shown = [
  "scan",
  "tap",
  "qr",
  "code",
  "timeLeft",
  "openApp",
  "copy",
  "showQr",
  "showLink",
  "cancel",
] as const;

describeInBrowser("with hostile words", (browser) => {
  test("R52: whatever labels, names and session ids hold, the widget shows it as text and links to the phone app's page", async () => {
    const site = await openSite();
    // The page's policy would keep most of it from running.
    const tab = await openTab(browser(), { bypassCSP: true });
    const dialogs: string[] = [];
    tab.page.on("dialog", async (dialog) => {
      dialogs.push(dialog.message());
      await dialog.dismiss();
    });
    let text = "";
    await tab.page.route("**/create-pair-session", async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        json: { ...(await response.json()), session_id: text, pair_uri: text },
      });
    });
    // The proxy knows no such session.
    await tab.page.route("**/result", () => {});
    const texts = hostileTexts.slice(0, rounds(hostileTexts.length));
    let elements = 0;
    for (text of texts) {
      const labels: Partial<JazzPairLabels> = Object.fromEntries(shown.map((name) => [name, text]));
      await tab.goto(site.page({ labels, spName: text }));
      await tab.until("ready");
      expect(await tab.text("title")).toBe(`Pair your Sigil with ${text}`);
      expect(await tab.page.locator("svg[role=img]").getAttribute("aria-label")).toBe(text);
      elements += await expectHarmless();
      await tab.click("switch-mode");
      expect(await tab.text("switch-mode")).toBe(text);
      expect([await tab.text("status"), await tab.text("open-app"), await tab.text("cancel")]).toEqual([
        text,
        text,
        text,
      ]);
      elements += await expectHarmless();
    }
    expect([dialogs, tab.complaints]).toEqual([[], []]);
    figure(
      "R52",
      `${texts.length} hostile texts as labels, names and session ids; ${elements} elements of the widget looked at, none runs or leads elsewhere`,
    );

    async function expectHarmless(): Promise<number> {
      const { count, harmful } = await tab.page.evaluate(lookForHarm);
      expect([text, harmful]).toEqual([text, []]);
      return count;
    }
  });
});

/** In the page: elements that run or load something, and attributes that run something or lead elsewhere. */
function lookForHarm(): { count: number; harmful: string[] } {
  const elements = Array.from(document.querySelectorAll("[data-sigil-jazz] *"));
  const harmful = elements.flatMap(({ tagName, attributes }) => {
    const wrong = Array.from(attributes).filter(({ name, value }) =>
      /^(href|src|action|formaction|xlink:href)$/.test(name)
        ? !value.startsWith("https://sigilvault.xyz/pair?session=")
        : /^(on|style$|srcdoc$)/.test(name),
    );
    const known = /^(a|button|code|div|output|p|path|span|strong|svg)$/i.test(tagName);
    return [...(known ? [] : [tagName]), ...wrong.map(({ name, value }) => `${tagName} ${name}=${value}`)];
  });
  return { count: elements.length, harmful };
}
