import type { startChromium } from "@sigil/testing/browser";
import { PNG } from "pngjs";
import decodeQR from "qr/decode.js";
import { onTestFinished } from "vitest";
import type { Told } from "./app.js";
import type { Site } from "./site.js";

export type Browser = Awaited<ReturnType<typeof startChromium>>;
type Context = Awaited<ReturnType<Browser["newContext"]>>;
export type ContextOptions = NonNullable<Parameters<Browser["newContext"]>[0]>;
export type Page = Awaited<ReturnType<Context["newPage"]>>;

/** A session as the browser got it. */
export type Minted = {
  readonly session_id: string;
  readonly expires_at: string;
  readonly validation_code: string;
};

/** A page in a browser of its own, and what that browser complains about. */
export type Tab = {
  readonly page: Page;
  readonly context: Context;
  /** Warnings and errors in the console, uncaught errors, violations of the Content-Security-Policy. */
  readonly complaints: readonly string[];
  /** The sessions that were opened, oldest first. */
  readonly minted: readonly Minted[];
  readonly goto: (url: string) => Promise<void>;
  /** Waits for a state, and gives the session that was opened last. */
  readonly until: (state: string) => Promise<Minted>;
  readonly state: () => Promise<string | null>;
  readonly text: (part: string) => Promise<string | null>;
  readonly click: (part: string) => Promise<void>;
  readonly count: (part: string) => Promise<number>;
  readonly told: () => Promise<Told>;
};

export async function openTab(browser: Browser, options: ContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  // What a tap leads to: the phone app takes it, and the page stays.
  await context.route("https://sigilvault.xyz/**", (route) => route.fulfill({ status: 204 }));
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["warning", "error"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => complaints.push(message));
  const minted: Minted[] = [];
  // The page may be done with an answer before this process has read it.
  let read = Promise.resolve();
  page.on("response", (response) => {
    if (!response.url().endsWith("/create-pair-session") || response.status() !== 201) return;
    // The page may have gone by then.
    const session: Promise<Minted | undefined> = response.json().catch(() => undefined);
    read = read.then(async () => {
      const got = await session;
      if (got !== undefined) minted.push(got);
    });
  });
  const part = (name: string) => page.locator(`[data-sigil-jazz] [data-part=${name}]`);
  const root = page.locator("[data-sigil-jazz]");
  return {
    page,
    context,
    complaints,
    minted,
    goto: async (url) => void (await page.goto(url)),
    until: async (state) => {
      await page.locator(`[data-sigil-jazz][data-state=${state}]`).waitFor();
      await read;
      return minted.at(-1) as Minted;
    },
    state: () => root.getAttribute("data-state"),
    text: (name) => part(name).textContent(),
    click: (name) => part(name).click(),
    count: (name) => part(name).count(),
    told: () => page.evaluate(() => globalThis.told),
  };
}

/** A tab that shows a code, and its session. */
export async function openReady(
  browser: Browser,
  site: Site,
  options: ContextOptions = {},
  page: Parameters<Site["page"]>[0] = {},
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<Tab & { readonly session: Minted }> {
  const tab = await openTab(browser, options);
  await prepare(tab.page);
  await tab.goto(site.page(page));
  return { ...tab, session: await tab.until("ready") };
}

/** What a scanner reads on a screenshot. */
export function scan(screenshot: Buffer): string {
  const { width, height, data } = PNG.sync.read(screenshot);
  return decodeQR({ width, height, data });
}

/** The owner scans the QR code, and types the code that stands beside it. */
export const approve = async (site: Site, { session_id, validation_code }: Minted): Promise<void> => {
  const card = await site.emulator.appliance.open(`sigil://pair?session=${session_id}`, {
    code: validation_code,
  });
  await card.approve();
};

export const reject = async (site: Site, { session_id }: Minted): Promise<void> => {
  const card = await site.emulator.appliance.open(`sigil://pair?session=${session_id}`);
  await card.reject();
};

/** The part that has the focus, or the element's own id or name. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute("data-part") ?? (activeElement?.id || activeElement?.tagName) ?? "";
  });
