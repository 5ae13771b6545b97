import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator } from "@sigil/emulator";
import { listen } from "@sigil/emulator/node";
import { notRun } from "@sigil/testing/notRun";
import { canOpenTerminal, openTerminal, type Terminal } from "@sigil/testing/terminal";
import { verifyMessage } from "viem";
import { describe, expect, onTestFinished, test } from "vitest";
import { command } from "../test/command.js";

if (await canOpenTerminal()) describe("in a real terminal", inTerminals);
else notRun("sigil in a real terminal", "use a platform for which @lydell/node-pty is prebuilt");

function sigil(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Terminal {
  const terminal = openTerminal([...command, ...argv], { env });
  onTestFinished(() => terminal.kill());
  return terminal;
}

const ctrlC = "\u0003";

function inTerminals(): void {
  test("behavior: Ctrl-C ends sigil dev with 130 and frees the port: a restart at once works", async () => {
    const first = sigil(["dev", "--port", "0"]);
    const [, port = ""] = await first.until(/octane +http:\/\/127\.0\.0\.1:(\d+)/);
    first.type(ctrlC);
    expect(await first.ended).toBe(130);
    const again = sigil(["dev", "--port", port]);
    await again.until(/EMULATOR/);
    again.type(ctrlC);
    expect(await again.ended).toBe(130);
  });

  test("default: a verified signature in three commands, a minute at most after the install", async () => {
    const begun = performance.now();
    const dev = sigil(["dev", "--port", "0"]);
    const env = await envOf(dev);

    const pair = sigil(["pair"], env);
    const [link = ""] = await pair.until(/https:\/\/sigilvault\.xyz\/pair\?session=\S+&v=\d{6}/);
    dev.type(`${link}\r`);
    const [, pairId = ""] = await pair.until(/^SIGIL_PAIR_ID=(\S+)\r$/m);
    const [address = ""] = await pair.until(/0x[0-9a-fA-F]{40}/);
    expect(await pair.ended).toBe(0);

    const argv = ["sign", "--address", address, "--message", "hello"];
    const sign = sigil(argv, { ...env, SIGIL_PAIR_ID: pairId });
    const [, signature] = await sign.until(/device +(0x[0-9a-f]{130}) +verified/);
    expect(await sign.ended).toBe(0);
    const claim = { address, message: "hello", signature } as Parameters<typeof verifyMessage>[0];
    expect(await verifyMessage(claim)).toBe(true);
    const seconds = (performance.now() - begun) / 1000;
    expect(seconds).toBeLessThan(60);

    dev.type("sigil://pair?session=none\r");
    await dev.until(/The appliance cannot open that/);
    dev.type(ctrlC);
    expect(await dev.ended).toBe(130);
  });

  test("behavior: Ctrl-C reaches the command of --exec once, and its exit code is ours", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sigil-exec-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const counts = `let n = 0;
      process.on("SIGINT", () => { n += 1; setTimeout(() => { console.log("told " + n); process.exit(9); }, 1_000); });
      setInterval(() => {}, 9e5);
      console.log("is a terminal: " + process.stdout.isTTY);`;
    writeFileSync(join(folder, "counts.cjs"), counts);
    const terminal = sigil(["dev", "--port", "0", "--exec", `exec node ${join(folder, "counts.cjs")}`]);
    await terminal.until(/is a terminal: true/);
    terminal.type(ctrlC);
    expect(await terminal.ended).toBe(9);
    expect(terminal.text()).toContain("told 1");
  });

  test("behavior: sigil pair counts down beside its QR code, and Ctrl-C leaves a clean line", async () => {
    const emulator = createEmulator();
    const { url, close } = await listen(emulator, { port: 0 });
    onTestFinished(close);
    const pair = sigil(["pair"], { SIGIL_OCTANE_URL: url, SIGIL_API_KEY: emulator.sp.apiKey });
    await pair.until(/█{30}/);
    await pair.until(/Waiting for the user: 5:00\r(?=Waiting for the user: 4:5)/);
    pair.type(ctrlC);
    expect(await pair.ended).toBe(130);
    expect(pair.text()).toMatch(/\r +\r\r\n$/);
  });
}

/** The variables as a person would copy them. */
async function envOf(dev: Terminal): Promise<Record<string, string>> {
  await dev.until(/SIGIL_SP_SEED=[\w-]{43}/);
  const pairs = [...dev.text().matchAll(/^(SIGIL_\w+)=(\S+)\r$/gm)];
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, value]));
}
