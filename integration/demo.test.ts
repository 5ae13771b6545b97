// The demo as its users run it: a process of its own, judged by what it prints and what it leaves behind.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isFullRun } from "@sigil/testing/promises";
import { afterEach, expect, test } from "vitest";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const root = fileURLToPath(new URL("..", import.meta.url));
const running = new Set<ChildProcess>();

afterEach(async () => {
  await Promise.all([...running].map((child) => child.kill("SIGKILL") && once(child, "exit")));
});

/** `before` is run in the demo's process first. Node itself and not tsx's command, which gives a program 60 ms after a signal and then kills it. */
function startDemo(before = "") {
  const imports = [tsx, `data:text/javascript,${encodeURIComponent(before)}`].flatMap((each) => [
    "--import",
    each,
  ]);
  const args = ["--conditions=@sigil/source", ...imports, "demo/src/main.ts"];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  const exited = once(child, "exit").then(([code]) => code as number | null);
  return { child, exited, stderr: text(child.stderr) };
}

/** Calls `onText` with all that was printed so far, each time something is. */
async function read({ child }: ReturnType<typeof startDemo>, onText: (soFar: string) => void = () => {}) {
  let soFar = "";
  for await (const chunk of child.stdout!.setEncoding("utf8")) {
    soFar += chunk;
    onText(soFar);
  }
  return soFar;
}

const portsIn = (output: string) =>
  [...output.matchAll(/http:\/\/127\.0\.0\.1:(\d+)/g)].map(([, port]) => port);

const isOpen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });

/** All processes that have not ended. */
const processes = () =>
  execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , stat]) => stat !== undefined && !stat.startsWith("Z"))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));

/** Of the emulator, Anvil and Solana, at least `count` had been started: nobody may listen there any more. */
async function expectNothingLeft(output: string, count: number): Promise<void> {
  const ports = portsIn(output);
  expect(ports.length).toBeGreaterThanOrEqual(count);
  for (const port of ports) await expect.poll(() => isOpen(Number(port))).toBe(false);
}

const lines = [
  /^✓ Pairing session opened {2}.*ms$/m,
  /^ {2}█{37}$/m,
  /^ {2}On the phone itself: https:\/\/sigilvault\.xyz\/pair\?session=[\w-]+&v=\d{6}$/m,
  /^ {2}Validation code: +\d{6}$/m,
  /^ {2}phone: types \d{6} and approves$/m,
  /^✓ The user approved {2}pair [\da-f-]{36}/m,
  /^ {2}ethereum {2}0 +0x[\da-fA-F]{40} +sign$/m,
  /^ {2}phone: approves the transfer \(0x/m,
  /^✓ 0\.25 ETH sent in an EIP-1559 transaction {2}block 2 · 21000 gas · \d+ ms\n {2}0x[\da-f]{64}$/m,
  /^✓ Greeter deployed {2}block 3 · \d+ gas/m,
  /^✓ Greeter\.greet read {2}“hello from Sigil”/m,
  /^✓ Message signed, and verified by viem/m,
  /^✓ Typed data signed, and verified by viem and on chain/m,
  /^✓ 0\.25 ETH sent by ethers {2}block 6 · 21000 gas · \d+ ms\n {2}0x[\da-f]{64}$/m,
  /^✓ A Solana of our own {2}(solana-test-validator, a real validator|litesvm in this process, .*) · http/m,
  /^✓ Funded by an airdrop {2}balance 2 SOL · /m,
  /^✓ 0\.25 SOL sent by kit, .* version 0 {2}slot \d+ · fee 5000 lamports · \d+ ms\n {2}\w{80,88}$/m,
  /^✓ 0\.25 SOL sent by web3\.js, .* {2}slot \d+ · fee 5000 lamports · \d+ ms\n {2}\w{80,88}$/m,
  /^✓ Pairing revoked, and the event received/m,
  /^✓ The next Ethereum signature is refused {2}403 pair_revoked/m,
  /^✓ The next Solana signature is refused {2}403 pair_revoked/m,
  /^Done\.$/m,
];

test("default: the whole path, exit 0, nothing left", async () => {
  const demo = startDemo();
  const output = await read(demo);
  expect(await demo.exited).toBe(0);
  expect(await demo.stderr).toBe("");
  for (const line of lines) expect(output).toMatch(line);
  // Each signature was approved on the phone, and only two were not to be had.
  expect(output.match(/^ {2}phone: approves /gm)).toHaveLength(9);
  // No terminal, so no colours.
  expect(output).not.toContain("\x1b");
  await expectNothingLeft(output, 3);
});

const signals = [
  ["SIGINT", "Anvil", 130, 2],
  ["SIGTERM", "phone: types", 143, 2],
  // Then Solana is being started.
  ["SIGTERM", "sent by ethers", 143, 2],
  ["SIGINT", "Funded by an airdrop", 130, 3],
] as const;

test.each(isFullRun() ? signals : signals.slice(2, 3))(
  "behavior: %s after “%s” ends it with %i, and nothing is left",
  async (signal, mark, code, count) => {
    const demo = startDemo();
    let sent = false;
    let children: ReturnType<typeof processes> = [];
    const output = await read(demo, (soFar) => {
      if (sent || !soFar.includes(mark)) return;
      sent = true;
      children = processes().filter(({ parent }) => parent === demo.child.pid);
      demo.child.kill(signal);
    });
    expect(await demo.exited).toBe(code);
    expect(output).toContain(`Stopped by ${signal}.`);
    expect(output).not.toContain("Done.");
    expect(await demo.stderr).toBe("");
    await expectNothingLeft(output, count);
    expect(children).not.toEqual([]);
    const left = () => processes().filter(({ pid }) => children.some((child) => child.pid === pid));
    await expect.poll(left).toEqual([]);
  },
);

test("behavior: an error is one line, exit 1, nothing left", async () => {
  const demo = startDemo(`
    const send = globalThis.fetch;
    globalThis.fetch = (url, init) =>
      String(init?.body).includes("eth_sendRawTransaction") ? Promise.reject(new Error("cut")) : send(url, init);
  `);
  const output = await read(demo);
  expect(await demo.exited).toBe(1);
  expect(await demo.stderr).toMatch(/^✗ Failed before “0\.25 ETH sent[^\n]*HTTP request failed\.[^\n]*\n$/);
  expect(output).not.toContain("Done.");
  await expectNothingLeft(output, 2);
});
