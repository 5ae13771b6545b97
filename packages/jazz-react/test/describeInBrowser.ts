import { findChromium, howToGetChromium, startChromium } from "@sigil/testing/browser";
import { notRun } from "@sigil/testing/notRun";
import { afterAll, beforeAll, describe } from "vitest";
import type { Browser } from "./browsing.js";

const chromium = await findChromium();

/** Tests that share one Chromium; where there is none, the run says so. */
export function describeInBrowser(name: string, tests: (browser: () => Browser) => void): void {
  if (chromium === undefined) notRun(`the pairing widget in a browser: ${name}`, howToGetChromium);
  else describe(name, () => tests(shared(chromium)));
}

function shared(executable: string): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await startChromium(executable);
  }, 60_000);
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error("The browser has not started.");
    return browser;
  };
}
