import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { type Anvil, type AnvilOptions, startAnvil } from "./anvil.js";

const started: Anvil[] = [];

const start = async (options?: AnvilOptions): Promise<Anvil> => {
  const anvil = await startAnvil(options);
  started.push(anvil);
  return anvil;
};

afterEach(async () => {
  await Promise.all(started.splice(0).map(({ stop }) => stop()));
});

const post = (rpcUrl: string, body: unknown): Promise<Response> =>
  fetch(rpcUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const ask = async (rpcUrl: string, method: string): Promise<unknown> => {
  const response = await post(rpcUrl, { jsonrpc: "2.0", id: 1, method, params: [] });
  return ((await response.json()) as { result: unknown }).result;
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("startAnvil", () => {
  test("default: answers, and is gone after stop", async () => {
    const anvil = await start();
    expect(await ask(anvil.rpcUrl, "eth_chainId")).toBe("0x7a69");
    expect(anvil.chainId).toBe(31337);
    expect(anvil.rpcUrl).toBe(`http://127.0.0.1:${anvil.port}`);
    expect(isAlive(anvil.pid)).toBe(true);
    await anvil.stop();
    expect(isAlive(anvil.pid)).toBe(false);
    await expect(ask(anvil.rpcUrl, "eth_chainId")).rejects.toThrow();
    await expect(anvil.stop()).resolves.toBeUndefined();
  });

  test("parameters: hardfork, args", async () => {
    const { chainId, rpcUrl } = await start({ hardfork: "prague", args: ["--chain-id", "4242"] });
    expect(chainId).toBe(4242);
    expect(await ask(rpcUrl, "anvil_nodeInfo")).toMatchObject({
      hardFork: expect.stringMatching(/^prague$/i),
    });
  });

  test("behavior: two at once have ports of their own", async () => {
    const [one, two] = await Promise.all([start(), start()]);
    expect(one.port).not.toBe(two.port);
    await one.stop();
    expect(await ask(two.rpcUrl, "eth_chainId")).toBe("0x7a69");
  });

  test("behavior: keeps answering however much it has printed", async () => {
    const { rpcUrl } = await start();
    // It prints a line for each call; a pipe that nobody reads holds 64 KiB.
    const calls = Array.from({ length: 10_000 }, (_, id) => ({ jsonrpc: "2.0", id, method: "eth_chainId" }));
    const response = await post(rpcUrl, calls);
    expect(await response.json()).toHaveLength(calls.length);
    expect(await ask(rpcUrl, "eth_chainId")).toBe("0x7a69");
  });

  test("behavior: one error names all that was tried", async () => {
    const candidates = [
      { command: "/nowhere/anvil", from: "ANVIL_PATH" },
      { command: "anvil-that-is-not-there", from: "PATH" },
    ];
    await expect(start({ candidates })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [Error: No anvil binary starts on this machine. Tried:
        /nowhere/anvil (from ANVIL_PATH): spawn /nowhere/anvil ENOENT
        anvil-that-is-not-there (from PATH): spawn anvil-that-is-not-there ENOENT
      Install Foundry (https://getfoundry.sh), then put anvil on PATH or set ANVIL_PATH to the binary.]
    `);
  });

  test("behavior: takes the next candidate when one does not start", async () => {
    const candidates = [
      { command: "/nowhere/anvil", from: "ANVIL_PATH" },
      { command: process.execPath, from: "PATH" },
    ];
    // Node refuses anvil's arguments, which shows that it was the one to start.
    await expect(start({ candidates })).rejects.toThrow(/^anvil exited \(code 9\).*bad option: --host/s);
  });

  test("behavior: rejects with anvil's own words when it exits first", async () => {
    await expect(start({ args: ["--no-such-option"] })).rejects.toThrow(
      /^anvil exited \(code \d+\).*--no-such-option/s,
    );
  });

  test.each(["process.exit(3)", "throw new Error('boom')", "process.kill(process.pid, 'SIGTERM')"])(
    "behavior: dies with its parent: %s",
    async (ending) => {
      const source = `
        import { startAnvil } from ${JSON.stringify(new URL("./anvil.ts", import.meta.url).href)};
        const { rpcUrl } = await startAnvil();
        process.stdout.write(rpcUrl, () => { ${ending} });
        setInterval(() => {}, 1000);`;
      const args = ["--import", "tsx", "--input-type=module", "--eval", source];
      const { stdout } = await promisify(execFile)(process.execPath, args, {
        cwd: import.meta.dirname,
      }).catch((error) => error);
      expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      await expect.poll(() => ask(stdout, "eth_chainId").catch(() => "gone")).toBe("gone");
    },
  );
});
