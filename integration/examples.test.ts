import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createEmulator } from "@sigil/emulator";
import { startAnvil } from "@sigil/testing/anvil";
import { findChromium, howToGetChromium, startChromium } from "@sigil/testing/browser";
import { freePort } from "@sigil/testing/freePort";
import { killWithParent } from "@sigil/testing/killWithParent";
import { notRun } from "@sigil/testing/notRun";
import { isFullRun } from "@sigil/testing/promises";
import { startSolana } from "@sigil/testing/solana";
import {
  address,
  airdropFactory,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  lamports,
} from "@solana/kit";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folderOf = (name: string): string => join(root, "examples", name);
const run = promisify(execFile);

/** Runs one of an example's programs, from our sources, so that nothing has to be built. @returns what it printed */
async function program(name: string, file: string, env: Readonly<Record<string, string>>): Promise<string> {
  const args = ["--conditions=@sigil/source", "--import", "tsx", file];
  const options = { cwd: folderOf(name), env: { ...process.env, ...env } };
  const { stdout } = await run(process.execPath, args, options);
  return stdout.replace(/^The phone app opens https:\S+ and asks for the code \d{6}\.\n/, "");
}

describe("on Node", () => {
  test.each(["node-viem", "node-ethers"])("default: %s signs, and sends a transaction", async (name) => {
    const { rpcUrl, stop } = await startAnvil();
    onTestFinished(stop);
    const printed = await program(name, "main.ts", { RPC_URL: rpcUrl });
    expect(printed).toBe("message: true\ntyped data: true\ntransaction: success\n");
  });

  test("default: node-solana signs with kit and with web3.js, and in the full run sends transactions", async () => {
    const chain = isFullRun() ? await fundedChain() : undefined;
    const sent = chain === undefined ? "" : "transaction: success\n";
    for (const file of ["kit.ts", "web3js.ts"])
      expect(await program("node-solana", file, chain ?? {}), file).toBe(`message: true\n${sent}`);
  });
});

/** A Solana chain on which the emulated wallet has money: where it is, as the example wants to know it. */
async function fundedChain(): Promise<Readonly<Record<string, string>>> {
  const { rpcUrl, wsUrl, stop } = await startSolana();
  onTestFinished(stop);
  const [rpc, rpcSubscriptions] = [createSolanaRpc(rpcUrl), createSolanaRpcSubscriptions(wsUrl)];
  const wallets = createEmulator().appliance.wallets();
  await airdropFactory({ rpc, rpcSubscriptions })({
    commitment: "confirmed",
    recipientAddress: address(wallets.find(({ chain }) => chain === "solana")?.address ?? ""),
    lamports: lamports(10_000_000_000n),
  });
  return { RPC_URL: rpcUrl, RPC_WS_URL: wsUrl };
}

const pages = ["next-app", "vite-hono", "express-react"];

const chromium = await findChromium();
if (chromium === undefined) notRun("the examples with pages, in a browser", howToGetChromium);
else if (!isFullRun()) notRun("the examples with pages, and Solana's on a chain", "pnpm test:promises");
else
  describe("with pages", () => {
    let browser: Awaited<ReturnType<typeof startChromium>>;
    beforeAll(async () => {
      const filters = pages.map((name) => `--filter=${name}^...`);
      await run("npx", ["-y", "pnpm@10.34.9", "exec", "turbo", "run", "build", ...filters], { cwd: root });
      browser = await startChromium(chromium);
    }, 240_000);
    afterAll(() => browser?.close());

    /** Its `dev` script, with the emulator and the page on free ports. */
    async function start(name: string): Promise<{ readonly site: string; readonly phone: string }> {
      const cwd = folderOf(name);
      const { scripts } = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8"));
      const [, flags = "", command = ""] = /^sigil (dev .*)--exec "(.+)"$/.exec(scripts.dev) ?? [];
      const sigil = [join(root, "packages/cli/bin/sigil.js"), ...flags.trim().split(" ")];
      const port = String(await freePort("localhost"));
      const PATH = [join(cwd, "node_modules/.bin"), process.env.PATH].join(delimiter);
      const child = spawn(process.execPath, [...sigil, "--port", "0", "--exec", command], {
        cwd,
        env: { ...process.env, PATH, PORT: port, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" },
      });
      const forget = killWithParent(child);
      const ended = new Promise<void>((resolve) => child.once("exit", () => resolve())).then(forget);
      onTestFinished(async () => {
        child.kill("SIGTERM");
        await ended;
      });
      let printed = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
      const site = `http://localhost:${port}`;
      await expect.poll(() => printed, { timeout: 60_000 }).toContain(site);
      const [, phone = ""] = /its page on (\S+), for/.exec(printed) ?? [];
      return { site, phone };
    }

    test.each(pages)(
      "default: %s pairs its user, and has a message signed",
      { timeout: 240_000 },
      async (name) => {
        const { site, phone } = await start(name);
        const context = await browser.newContext();
        onTestFinished(() => context.close());
        const [page, owner] = [await context.newPage(), await context.newPage()];
        const complaints: string[] = [];
        page.on("console", (message) => {
          if (["warning", "error"].includes(message.type())) complaints.push(message.text());
        });
        page.on("pageerror", ({ message }) => complaints.push(message));

        await page.goto(site, { timeout: 60_000 });
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.locator("[data-sigil-jazz][data-state=ready]").waitFor();
        const code = (await page.locator("[data-part=code]").textContent())?.match(/\d/g)?.join("") ?? "";
        await owner.goto(phone);
        await owner.click("[data-part=scan-open] >> nth=0");
        await owner.fill("[data-part=card] [name=code]", code);
        await owner.click("[data-part=card] [data-part=approve]");

        const address = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
        await page.getByText(`Paired: ${address}`).waitFor();
        await page.getByRole("button", { name: "Sign" }).click();
        await owner.click("[data-part=request] [data-part=approve]");
        await page.getByText(`${address} signed, verified: true`).waitFor();
        expect(complaints).toEqual([]);
      },
    );
  });
