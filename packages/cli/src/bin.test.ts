import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { command } from "../test/command.js";

/** A folder with rules by which the owner takes an hour, and a program that has them asked. */
function slowOwner(): { readonly rules: string; readonly asks: string } {
  const folder = mkdtempSync(join(tmpdir(), "sigil-bin-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const rules = join(folder, "rules.json");
  writeFileSync(rules, '[{ "when": { "kind": "pair" }, "then": { "delayMs": 3600000, "then": "approve" } }]');
  const asks = join(folder, "asks.mjs");
  writeFileSync(
    asks,
    `const { SIGIL_OCTANE_URL: url, SIGIL_API_KEY: key, SIGIL_CONTROL_TOKEN: token } = process.env;
    const post = async (path, secret, body) => {
      const headers = { authorization: "Bearer " + secret, "content-type": "application/json" };
      const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
      if (response.status !== 201) throw new Error(path + ": " + await response.text());
      return response.json();
    };
    const requested_scopes = [{ chain: "ethereum", access: "sign" }];
    const session = { sp_user_ref: "ada", requested_scopes, expires_in_secs: 600 };
    const { session_id } = await post("/sp/pair/sessions", key, session);
    const link = "https://sigilvault.xyz/pair?session=" + session_id + "&v=123456";
    await post("/_emulator/appliances/first/scan", token, { link });
    console.log("asked");
    process.exitCode = 7;`,
  );
  return { rules, asks };
}

/** A process, and all that it prints. */
function start(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const [file = "", ...args] = argv;
  const { PATH = "", HOME = "" } = process.env;
  const child: ChildProcess = spawn(file, args, {
    env: { PATH, HOME, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let out = "";
  child.stdout?.on("data", (data) => {
    out += data;
  });
  const ended = once(child, "close").then(([code, signal]) => code ?? signal);
  /** Waits for as long as the process lives, however busy the machine is. The test's own limit is for what hangs. */
  const until = async (pattern: RegExp): Promise<void> => {
    let over: unknown;
    void ended.then((code) => {
      over = code;
    });
    while (!pattern.test(out)) {
      if (over !== undefined) throw new Error(`It ended with ${over} and printed: ${out}`);
      await setTimeout(20);
    }
  };
  return { child, ended, until, out: () => out };
}

/** For what hangs: a busy machine takes its time to start three processes. */
const patient = { timeout: 180_000 };

test("behavior: before the build, the command says that it is not built, and how to", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sigil-bin-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "bin"));
  const bin = join(folder, "bin", "sigil.mjs");
  copyFileSync(new URL("../bin/sigil.js", import.meta.url), bin);
  const child = spawn(process.execPath, [bin, "--version"], { stdio: ["ignore", "inherit", "pipe"] });
  let err = "";
  child.stderr.on("data", (data) => {
    err += data;
  });
  const [code] = await once(child, "close");
  expect({ code, err }).toEqual({
    code: 1,
    err: "error: sigil is not built yet.\nIn the repository run: npx -y pnpm@10.34.9 build\n",
  });
});

test(
  "behavior: an owner who takes an hour does not keep an interrupted sigil dev alive",
  patient,
  async () => {
    const { rules, asks } = slowOwner();
    const dev = start([...command, "dev", "--port", "0", "--json", "--rules", rules]);
    await dev.until(/\}\n$/);
    const asking = start([process.execPath, asks], JSON.parse(dev.out()).env);
    expect(await asking.ended).toBe(7);
    const begun = performance.now();
    dev.child.kill("SIGINT");
    expect(await dev.ended).toBe(130);
    expect(performance.now() - begun).toBeLessThan(30_000);
  },
);

test(
  "behavior: nor one whose --exec has ended: its exit code is ours, and all that was printed is there",
  patient,
  async () => {
    const { rules, asks } = slowOwner();
    const exec = `"${process.execPath}" "${asks}"`;
    const dev = start([...command, "dev", "--port", "0", "--json", "--rules", rules, "--exec", exec]);
    expect(await dev.ended).toBe(7);
    expect(JSON.parse(dev.out()).exec).toEqual({ command: exec, exitCode: 7 });
  },
);
