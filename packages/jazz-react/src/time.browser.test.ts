import { expect, test } from "vitest";
import { approve, focused, openReady } from "../test/browsing.js";
import { describeInBrowser } from "../test/describeInBrowser.js";
import { openSite } from "../test/site.js";

describeInBrowser("time", (browser) => {
  test("e5: the countdown ends with the session, and what is left is a button for a new code", async () => {
    // Long enough that the watch begins in time on a busy machine.
    const site = await openSite({ proxied: { expiresInSecs: 7 } });
    const tab = await openReady(browser(), site);
    const { expires_at, validation_code } = tab.session;
    const shown = await tab.page.evaluate(watchUntilNoCode, Date.parse(expires_at));
    expect(shown.texts.slice(-5)).toEqual(["0:04", "0:03", "0:02", "0:01", "0:00"]);
    expect(Math.abs(shown.goneAt - Date.parse(expires_at))).toBeLessThan(1_000);
    await tab.until("expired");
    expect(await tab.text("timer")).toBe("Time left 0:00");
    expect(await tab.page.content()).not.toContain(validation_code);
    expect(await focused(tab.page)).toBe("new-code");
    await expect.poll(tab.told).toMatchObject({ expired: 1 });
    await tab.page.keyboard.press("Enter");
    const second = await tab.until("ready");
    expect(second.validation_code).not.toBe(validation_code);
    expect(await tab.text("code")).toContain(second.validation_code);
    expect(tab.complaints).toEqual([]);
  });

  test("e5: a tab that stood still for a minute shows no code that is over, and does not call it expired before octane does", async () => {
    const site = await openSite({ proxied: { expiresInSecs: 30 } });
    const tab = await openReady(browser(), site, {}, {}, (page) => page.clock.install());
    await tab.page.clock.fastForward(60_000);
    await tab.until("overdue");
    expect(await tab.text("timer")).toBe("Time left 0:00");
    expect(await tab.page.content()).not.toContain(tab.session.validation_code);
    expect([await tab.count("qr"), await tab.count("new-code"), await tab.count("check")]).toEqual([0, 1, 1]);
    await expect.poll(tab.told).toMatchObject({ expired: 0 });
    site.emulator.clock.advance(60_000);
    await tab.until("expired");
    await expect.poll(tab.told).toMatchObject({ expired: 1 });
    expect(await focused(tab.page)).toBe("new-code");
  });

  test("behavior: an approval that was given in time counts, whatever this device's clock says", async () => {
    const site = await openSite({ proxied: { expiresInSecs: 30 } });
    const tab = await openReady(browser(), site, {}, {}, (page) => page.clock.install());
    await tab.page.clock.fastForward(31_000);
    await tab.until("overdue");
    await approve(site, tab.session);
    await tab.until("complete");
  });

  test("behavior: a device whose clock is wrong by an hour shows a code without a countdown", async () => {
    for (const hours of [-1, 1]) {
      const site = await openSite();
      const time = Date.now() + hours * 3_600_000;
      const tab = await openReady(browser(), site, {}, {}, (page) => page.clock.install({ time }));
      expect([await tab.count("code"), await tab.count("timer")]).toEqual([1, 0]);
      await approve(site, tab.session);
      await tab.until("complete");
    }
  });

  test("parameters: locale, and one that is none", async () => {
    const site = await openSite();
    const arabic = await openReady(browser(), site, {}, { locale: "ar-EG" });
    expect(await arabic.text("timer")).toMatch(/[٠-٩]:[٠-٩]{2}$/);
    const malformed = await openReady(browser(), site, {}, { locale: "en_US" });
    expect(await malformed.text("timer")).toMatch(/[0-9]:[0-9]{2}$/);
    expect(malformed.complaints).toEqual([]);
  });

  test("e6: the time that is left is announced at a minute, at ten seconds and at the end only", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site, {}, {}, (page) => page.clock.install());
    const said = await tab.page.evaluateHandle(collectStatus);
    // Slowly enough that each timer has its turn.
    for (let second = 0; second < 301; second += 1) await tab.page.clock.runFor(1_000);
    await tab.until("overdue");
    site.emulator.clock.advance(301_000);
    await tab.until("expired");
    const scanIt = "Scan the QR code with Sunstorm, then type the code there.";
    expect(await said.jsonValue()).toEqual([
      `${scanIt} Less than a minute left.`,
      `${scanIt} Less than ten seconds left.`,
      "The time is up. Asking how it ended…",
      "The code has expired.",
    ]);
    expect(tab.complaints).toEqual([]);
  });
});

/** In the page: what the timer showed in its last five seconds, and when the code was gone. */
async function watchUntilNoCode(): Promise<{ texts: string[]; goneAt: number }> {
  const texts: string[] = [];
  for (;;) {
    const text = document.querySelector("[role=timer]")?.textContent;
    if (text && text !== texts.at(-1)) texts.push(text);
    if (document.querySelector("[data-part=code], [data-part=qr], [data-part=share-link]") === null)
      return { texts: texts.filter((each) => each < "0:05"), goneAt: Date.now() };
    await new Promise(requestAnimationFrame);
  }
}

/** In the page: what a screen reader is given to say. */
function collectStatus(): string[] {
  const status = document.querySelector("[data-part=status]");
  const said: string[] = [];
  if (status === null) return said;
  const note = (): void => {
    const { textContent } = status;
    if (textContent !== null && textContent !== said.at(-1)) said.push(textContent);
  };
  new MutationObserver(note).observe(status, { childList: true, characterData: true, subtree: true });
  return said;
}
