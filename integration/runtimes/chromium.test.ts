import { execFile } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { createEmulator } from "@sigil/emulator";
import { listen } from "@sigil/emulator/node";
import { findChromium, howToGetChromium, startChromium } from "@sigil/testing/browser";
import { note } from "@sigil/testing/note";
import { notRun } from "@sigil/testing/notRun";
import { isFullRun } from "@sigil/testing/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type PackedPackages, packPackages } from "../packPackages.js";
import { transpile } from "./transpile.js";

const chromium = await findChromium();
const part = "the pairing entry, packed and built by Vite, in Chromium";
if (chromium === undefined) notRun(part, howToGetChromium);
else if (!isFullRun()) notRun(part, "pnpm test:promises");
else describe("packed", () => pairing(chromium));

const html = `<!doctype html><html lang="en"><head><title>Example</title>
  <script type="module" src="/page.js"></script></head><body></body></html>`;

function pairing(executable: string): void {
  let packed: PackedPackages;
  beforeAll(async () => {
    packed = await packPackages();
  }, 600_000);
  afterAll(() => packed?.remove());

  test("behavior: the packed packages on a page in Chromium pair through the packed proxy", {
    timeout: 300_000,
  }, async () => {
    const files = { ...(await transpile("page.ts")), "index.html": html };
    const ours = ["@sigil/astrotrain", "@sigil/server"];
    const project = await packed.install(ours, { vite: "8.3.8" }, files);
    const vite = join(project, "node_modules/vite/bin/vite.js");
    await promisify(execFile)(process.execPath, [vite, "build", "--base=/"], { cwd: project });
    const site = await openSite(project);
    const browser = await startChromium(executable);
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", ({ message }) => complaints.push(message));
    await page.goto(site.origin);
    const body = page.locator("body[data-session]");
    await body.waitFor({ state: "attached" });
    const [session, code] = [await body.getAttribute("data-session"), await body.getAttribute("data-code")];
    await site.emulator.appliance.open(`sigil://pair?session=${session}`, { code: code ?? "" });
    await page.locator("body[data-ended]").waitFor({ state: "attached" });
    expect(await body.getAttribute("data-ended")).toBe("2 wallets");
    expect(complaints).toEqual([]);
    expect(site.paired).toHaveLength(1);
    note(`the pairing entry paired in Chromium ${browser.version()}`);
  });
}

/** What is used of the packed proxy, which is no dependency of this folder. */
type Server = { readonly createSigilProxy: (config: object) => unknown };
type ServerForNode = { readonly toNodeHandler: (proxy: unknown) => RequestListener };

/** The page and below /api the packed proxy, before an octane whose user approves. */
async function openSite(project: string) {
  const load = (file: string): Promise<unknown> =>
    import(/* @vite-ignore */ pathToFileURL(join(project, "node_modules/@sigil/server/dist", file)).href);
  const { createSigilProxy } = (await load("index.js")) as Server;
  const { toNodeHandler } = (await load("node/index.js")) as ServerForNode;
  const emulator = createEmulator();
  const octane = await listen(emulator, { port: 0 });
  const paired: unknown[] = [];
  let handle: RequestListener;
  const server = createServer((request, response) => {
    const { url = "/" } = request;
    if (url.startsWith("/api/")) return void handle(request, response);
    const [script] = url.startsWith("/assets/")
      ? readdirSync(join(project, "dist/assets")).filter((name) => url === `/assets/${name}`)
      : [];
    const type = script === undefined ? "text/html" : "text/javascript";
    const file = script === undefined ? "dist/index.html" : `dist/assets/${script}`;
    response.writeHead(200, { "content-type": type }).end(readFileSync(join(project, file)));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  handle = toNodeHandler(
    createSigilProxy({
      octaneUrl: octane.url,
      apiKey: emulator.sp.apiKey,
      authorize: () => ({ userId: "ada" }),
      onPaired: (pair: unknown) => void paired.push(pair),
      allowedOrigins: [origin],
      requestedScopes: [{ chain: "ethereum", access: "sign" }],
    }),
  );
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await octane.close();
  });
  return { origin, emulator, paired };
}
