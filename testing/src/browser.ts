import { accessSync, constants } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

/** How to get a browser, for `notRun`. */
export const howToGetChromium: string =
  "install Chromium (Debian: apt-get install -y --no-install-recommends chromium), or name one in CHROMIUM_PATH";

/**
 * The Chromium to start: the one that `CHROMIUM_PATH` names, else Debian's, else the one that npm brought, which is for
 * Linux on x64 alone; else none. Where `CI` is set, a missing one is an error: nobody reads there what did not run.
 */
export async function findChromium(): Promise<string | undefined> {
  const found = process.env.CHROMIUM_PATH ?? [debians].find(isProgram) ?? (await packaged());
  if (found === undefined && process.env.CI) throw new Error(`No browser: ${howToGetChromium}.`);
  return found;
}

const debians = "/usr/bin/chromium";

/** Unpacked at its first use. Its own arguments are left alone: they switch off what tests of web security are about. */
async function packaged(): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const { default: chromium } = await import("@sparticuz/chromium");
  return chromium.executablePath();
}

/** Starts it without a window. Close it when done. */
export async function startChromium(executablePath: string): Promise<Browser> {
  // In a container there is mostly no room for the sandbox; the pages are our own.
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
}

/** What axe finds wrong with the page: each rule with the elements that break it. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  const { default: axe } = await import("axe-core");
  // Evaluated through the debugger, where no Content-Security-Policy of the page is asked.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
    );
  });
}

type Axe = {
  run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
};

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
