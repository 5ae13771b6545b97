import { expect, test } from "vitest";
import { approve, type ContextOptions, openReady, openTab, reject } from "../test/browsing.js";
import { describeInBrowser } from "../test/describeInBrowser.js";
import { android, becomeIPad, iPhone, mac } from "../test/devices.js";
import { openSite } from "../test/site.js";

describeInBrowser("on a phone", (browser) => {
  const devices: readonly (readonly [string, ContextOptions])[] = [
    ["iPhone", iPhone],
    ["Android", android],
    ["iPad that says it is a Mac", { ...mac, hasTouch: true }],
  ];
  test.each(devices)(
    "e4: on an %s the link is there before the tap, and needs no script",
    async (name, device) => {
      const site = await openSite();
      const tab = await openTab(browser(), device);
      if (name.startsWith("iPad")) await tab.page.addInitScript(becomeIPad);
      await tab.goto(site.page({ spName: "Acme" }));
      const { session_id, validation_code } = await tab.until("ready");
      const link = tab.page.locator("a[data-part=open-app]");
      const href = `https://sigilvault.xyz/pair?session=${session_id}&v=${validation_code}`;
      expect(await link.getAttribute("href")).toBe(href);
      expect(await link.getAttribute("target")).toBeNull();
      // RFC 8628 section 3.3.1: the code stays visible for comparison, here beside the name of who asks.
      expect(await tab.text("code")).toContain(validation_code);
      expect(await tab.text("title")).toContain("Acme");

      const debug = await tab.context.newCDPSession(tab.page);
      await debug.send("Emulation.setScriptExecutionDisabled", { value: true });
      const left = tab.page.waitForRequest(href);
      await link.tap();
      expect((await left).isNavigationRequest()).toBe(true);
    },
  );

  test("e4: with scripts, too, a tap is the link's own navigation, begun before anything else runs", async () => {
    const site = await openSite();
    const { page, session } = await openReady(browser(), site, iPhone);
    const { session_id, validation_code } = session;
    await page.evaluate(watchTap);
    const left = page.waitForRequest(
      `https://sigilvault.xyz/pair?session=${session_id}&v=${validation_code}`,
    );
    await page.locator("a[data-part=open-app]").tap();
    await left;
    expect(await page.evaluate(() => globalThis.tapped)).toEqual(["click", "navigate by the user", "task"]);
  });

  test("e4: a Mac without a touchscreen, and a prop, get the QR code; the other way is one click away", async () => {
    const site = await openSite();
    const desk = await openReady(browser(), site, mac);
    expect(await desk.count("qr")).toBe(1);
    await desk.click("switch-mode");
    expect([await desk.count("qr"), await desk.count("open-app")]).toEqual([0, 1]);
    const forced = await openReady(browser(), site, iPhone, { mode: "qr" });
    expect(await forced.count("qr")).toBe(1);
    await forced.click("switch-mode");
    expect(await forced.count("open-app")).toBe(1);
    expect(site.asked.filter((line) => line.startsWith("POST"))).toHaveLength(2);
  });

  test.each(["before", "after"])(
    "default: on one phone, approved %s the app sends its user to returnUrl, the page there takes the result up",
    async (when) => {
      const returnUrl = ({ headers }: Request): string => `${headers.get("origin")}/back?from=app`;
      const site = await openSite({ https: true, proxied: { returnUrl } });
      const tab = await openReady(browser(), site, { ...iPhone, ignoreHTTPSErrors: true });
      let approveLater = async (): Promise<unknown> => undefined;
      // The phone app, which the link opens in the place of a page.
      await tab.context.route("https://sigilvault.xyz/**", async (route) => {
        const card = await site.emulator.appliance.open(route.request().url());
        if (when === "before") await card.approve();
        else approveLater = () => card.approve();
        const refresh = `<meta http-equiv="refresh" content="0;url=${card.return_url}">`;
        await route.fulfill({ contentType: "text/html", body: refresh });
      });
      await tab.page.locator("a[data-part=open-app]").tap();
      await tab.page.waitForURL(`${site.origin}/back?from=app`);
      if (when === "after") await tab.until("opened");
      await approveLater();
      await tab.until("complete");
      const { session_id } = tab.session;
      await expect.poll(tab.told).toMatchObject({ created: 0, complete: [{ session_id }] });
      expect(site.paired).toMatchObject([{ userId: "ada", sessionId: session_id }]);
      expect(tab.complaints).toEqual([]);
    },
  );

  test("behavior: the page that the phone is sent back to takes the result up", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site, iPhone);
    await tab.page.locator("a[data-part=open-app]").tap();
    await tab.until("opened");
    await approve(site, tab.session);
    await tab.until("complete");

    // Now one whose page was dropped while the phone app was in front.
    await tab.page.reload();
    const second = await tab.until("ready");
    await tab.page.locator("a[data-part=open-app]").tap();
    await tab.until("opened");
    await tab.page.close();
    const landed = await tab.context.newPage();
    await landed.goto(site.page());
    await landed.locator("[data-sigil-jazz][data-state=opened]").waitFor();
    expect(await landed.locator("[data-part=code]").textContent()).toContain(second.validation_code);
    await approve(site, second);
    await landed.locator("[data-sigil-jazz][data-state=complete]").waitFor();
    await expect
      .poll(() => landed.evaluate(() => globalThis.told))
      .toMatchObject({ created: 0, complete: [{ session_id: second.session_id }] });
    expect(await landed.evaluate(() => JSON.stringify(localStorage))).not.toContain(second.validation_code);
  });

  test("behavior: a page landed on after the old one has heard the result is told it once, too", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site, iPhone);
    await tab.page.locator("a[data-part=open-app]").tap();
    await approve(site, tab.session);
    await tab.until("complete");

    const landed = await tab.context.newPage();
    const complete = "[data-sigil-jazz][data-state=complete]";
    const ready = "[data-sigil-jazz][data-state=ready]";
    await landed.goto(site.page());
    await landed.locator(complete).waitFor();
    const { session_id } = tab.session;
    await expect
      .poll(() => landed.evaluate(() => globalThis.told))
      .toMatchObject({ created: 0, complete: [{ session_id }] });
    await landed.reload();
    await landed.locator(ready).waitFor();

    await tab.context.clock.install({ time: Date.now() + 61_000 });
    const later = await tab.context.newPage();
    await later.goto(site.page());
    await later.locator(ready).waitFor();
  });

  test("behavior: a declined pairing does not come back once there is a new code", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site, iPhone);
    await tab.page.locator("a[data-part=open-app]").tap();
    await reject(site, tab.session);
    await tab.until("rejected");
    await tab.click("new-code");
    await tab.until("ready");
    const landed = await tab.context.newPage();
    await landed.goto(site.page());
    await landed.locator("[data-sigil-jazz][data-state=ready]").waitFor();
  });

  test("behavior: a page landed on after the time is up shows no code", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site, iPhone);
    await tab.page.locator("a[data-part=open-app]").tap();
    await tab.until("opened");
    await tab.context.clock.install({ time: Date.parse(tab.session.expires_at) + 10_000 });
    await tab.page.reload();
    await tab.until("overdue");
    expect(await tab.page.content()).not.toContain(tab.session.validation_code);
    await approve(site, tab.session);
    await tab.until("complete");
  });

  test("behavior: a page landed on while the server fails shows no code, and asking again goes on", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site, iPhone);
    await tab.page.locator("a[data-part=open-app]").tap();
    await tab.until("opened");
    site.failing = 403;
    await tab.page.reload();
    await tab.until("error");
    expect(await tab.page.content()).not.toContain(tab.session.validation_code);
    site.failing = undefined;
    await tab.click("check");
    await tab.until("opened");
    await approve(site, tab.session);
    await tab.until("complete");
  });

  test("behavior: another user's session on the same phone is left alone", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site, iPhone);
    await tab.page.locator("a[data-part=open-app]").tap();
    await tab.until("opened");
    site.user = "bob";
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await tab.page.route("**/result", (route) => answered.then(() => route.continue()));
    await tab.page.reload();
    // Whose it is, only the proxy knows.
    await tab.until("creating");
    const shown = await tab.page.content();
    for (const secret of [tab.session.validation_code, tab.session.session_id])
      expect(shown).not.toContain(secret);
    answer();
    const bobs = await tab.until("ready");
    expect(bobs.session_id).not.toBe(tab.session.session_id);
    await approve(site, bobs);
    await tab.until("complete");
    expect(site.paired).toMatchObject([{ userId: "bob" }]);
  });
});

declare global {
  /** What happened from the tap on, in its order. */
  var tapped: string[];
}

/** In the page: whether the tap navigates at once, or something of the page's own comes in between. */
function watchTap(): void {
  globalThis.tapped = [];
  window.addEventListener(
    "click",
    () => {
      globalThis.tapped.push("click");
      setTimeout(() => globalThis.tapped.push("task"));
    },
    { capture: true },
  );
  const { navigation } = window as unknown as { navigation: EventTarget };
  navigation.addEventListener("navigate", (event) => {
    const { userInitiated } = event as Event & { readonly userInitiated: boolean };
    globalThis.tapped.push(userInitiated ? "navigate by the user" : "navigate by a script");
  });
}
