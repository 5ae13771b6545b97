import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
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

/** What users run, and its arguments. */
const commandOf = (name: string, ...args: readonly string[]): readonly string[] => [
  "-y",
  "pnpm@10.34.9",
  "example",
  name,
  ...(args.length === 0 ? [] : ["--", ...args]),
];

/** Runs an example by its one command, which builds what it needs. @returns what its programs said of what they did */
async function resultsOf(name: string, env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { stdout } = await run("npx", commandOf(name), { cwd: root, env: { ...process.env, ...env } });
  return stdout.match(/^(message|typed data|transaction): .*$/gm) ?? [];
}

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

  if (isFullRun())
    test("default: pnpm example node-viem, node-ethers and node-solana signs, and sends a transaction", {
      timeout: 600_000,
    }, async () => {
      const { rpcUrl: RPC_URL, stop } = await startAnvil();
      onTestFinished(stop);
      // One after the other: each builds what it needs.
      const said = [
        await resultsOf("node-viem", { RPC_URL }),
        await resultsOf("node-ethers", { RPC_URL }),
        await resultsOf("node-solana", {}),
      ];
      const evm = ["message: true", "typed data: true", "transaction: success"];
      expect(said).toEqual([evm, evm, ["message: true", "message: true"]]);
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

type Browser = Awaited<ReturnType<typeof startChromium>>;
type Context = Awaited<ReturnType<Browser["newContext"]>>;

const pages = ["next-app", "vite-hono", "express-react"];

const chromium = await findChromium();
if (chromium === undefined) notRun("the examples with pages, in a browser", howToGetChromium);
else if (!isFullRun())
  notRun("the examples with pages, Solana's on a chain, and all by their command", "pnpm test:promises");
else
  describe("with pages", () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await startChromium(chromium);
    });
    afterAll(() => browser?.close());

    /** Starts it by its one command, with the emulator and the page on free ports, and keys that come from its name. */
    async function start(name: string): Promise<{ readonly site: string; readonly phone: string }> {
      const port = String(await freePort("localhost"));
      // In a group of its own, so that all that it starts hears of the end: NODE_ENV would be that of tests.
      const { NODE_ENV: _, ...inherited } = process.env;
      const env = { ...inherited, PORT: port, NEXT_TELEMETRY_DISABLED: "1" };
      const child = spawn("npx", commandOf(name, "--port", "0", "--seed", name), {
        cwd: root,
        env,
        detached: true,
      });
      const forget = killWithParent(child);
      const site = `http://localhost:${port}`;
      const ended = new Promise<void>((resolve) => child.once("close", () => resolve())).then(forget);
      onTestFinished(async () => {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
        await ended;
        // Nothing of it is left.
        await expect.poll(() => fetch(site).catch(() => "gone")).toBe("gone");
      }, 60_000);
      let printed = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
      await expect.poll(() => printed, { timeout: 300_000 }).toContain(site);
      const [, phone = ""] = /its page on (\S+), for/.exec(printed) ?? [];
      return { site, phone };
    }

    /** All that a browser sends and gets: addresses, headers, bodies. */
    function watch(context: Context): () => Promise<string> {
      const seen: (string | Promise<string>)[] = [];
      context.on("request", (request) => {
        seen.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ""}`);
      });
      context.on("response", (response) => {
        seen.push(JSON.stringify(response.headers()));
        // A page that is left takes what it was getting with it.
        seen.push(response.text().catch(() => ""));
      });
      return async () => (await Promise.all(seen)).join("\n");
    }

    test.each(pages)(
      "default: %s pairs its user, and has a message signed for its own page only, which sees no secret",
      { timeout: 480_000 },
      async (name) => {
        const { site, phone } = await start(name);
        const [context, phoneContext] = [await browser.newContext(), await browser.newContext()];
        onTestFinished(async () => {
          await context.close();
          await phoneContext.close();
        });
        const seen = watch(context);
        const [page, owner] = [await context.newPage(), await phoneContext.newPage()];
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
        const asking = page.waitForRequest((request) => request.method() === "POST");
        await page.getByRole("button", { name: "Sign" }).click();
        await owner.click("[data-part=request] [data-part=approve]");
        await page.getByText(`${address} signed, verified: true`).waitFor();
        expect(complaints).toEqual([]);

        // The same with the user's cookie, but from another site's page, or from nobody knows where.
        const asked = await asking;
        const { origin: own, ...headers } = withoutCookie(await asked.allHeaders());
        expect(own).toBe(site);
        for (const forged of [{ ...headers, origin: "https://evil.example" }, headers]) {
          const data = asked.postDataBuffer() ?? "";
          // One that reached the phone would wait there for its owner.
          const answer = await context.request.post(asked.url(), { headers: forged, data });
          expect(await answer.text()).not.toContain("signed");
        }

        const { apiKey, privateKeySeed } = createEmulator({ seed: name }).sp;
        // These are the example's own: with that key octane looks for the session.
        const authorization = `Bearer ${apiKey}`;
        const unknown = new URL("/sp/pair/sessions/unknown/result", phone);
        expect((await fetch(unknown, { headers: { authorization } })).status).toBe(404);
        const all = `${await seen()}${await page.content()}`;
        expect(all).toContain(`${address} signed`);
        for (const secret of [apiKey, privateKeySeed]) expect(all).not.toContain(secret);
      },
    );
  });

/** What a script could send on: the names that HTTP/2 writes with a colon, and the cookie, are the browser's. */
const withoutCookie = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(:|cookie$|host$|content-length$|sec-)/.test(name)),
  );
