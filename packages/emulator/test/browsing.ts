import type { startChromium } from "@sigil/testing/browser";
import { onTestFinished } from "vitest";
import { createEmulator, type Emulator } from "../src/index.js";
import { type ControlledListening, listen } from "../src/node/index.js";
import { client } from "./client.js";

export type Browser = Awaited<ReturnType<typeof startChromium>>;
export type Page = Awaited<ReturnType<Browser["newPage"]>>;

/** An emulator that decides nothing by itself, its page, and what the browser complains about. */
export type Browsing = {
  readonly emulator: Emulator;
  readonly server: ControlledListening;
  readonly sp: ReturnType<typeof client>;
  /** A tab that is open and follows what happens. */
  readonly tab: (path?: string) => Promise<Page>;
  readonly complaints: readonly string[];
};

/** Starts all of it for one test. `permissions` are what the page may do without being asked. */
export async function startPage(
  browser: Browser,
  {
    javaScriptEnabled = true,
    permissions = [],
  }: { readonly javaScriptEnabled?: boolean; readonly permissions?: string[] } = {},
): Promise<Browsing> {
  const emulator = createEmulator({ approval: "manual" });
  const server = await listen(emulator, { port: 0, control: {} });
  const context = await browser.newContext({ javaScriptEnabled, permissions });
  onTestFinished(async () => {
    await context.close();
    await server.close();
  });
  const complaints: string[] = [];
  const tab = async (path = "/"): Promise<Page> => {
    const page = await context.newPage();
    // For what hangs: a busy machine takes its time.
    page.setDefaultTimeout(30_000);
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", ({ message }) => complaints.push(message));
    await page.goto(`${server.url}${path}?token=${server.controlToken}`);
    if (javaScriptEnabled) await page.locator("[data-part=live]", { hasText: "live" }).waitFor();
    return page;
  };
  return { emulator, server, sp: client(emulator), tab, complaints };
}

export const textOf = (page: Page, part: string): Promise<string | null> =>
  page.textContent(`[data-part=${part}]`);

/** What has the focus, by its part, its id or its field's name. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    const names = ["data-part", "id", "name"].map((name) => activeElement?.getAttribute(name));
    return names.find(Boolean) ?? activeElement?.tagName ?? "";
  });

/** Presses Tab until the part has the focus; of several, the one of that number. */
export async function tabTo(page: Page, part: string, nth = 0): Promise<void> {
  let left = nth;
  for (let presses = 0; presses < 120; presses += 1) {
    if ((await focused(page)) === part) {
      if (left === 0) return;
      left -= 1;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`No way by Tab to ${part}.`);
}
