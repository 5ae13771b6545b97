import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  return { child, ended, out: () => out };
}

test("behavior: an owner who takes an hour does not keep an interrupted sigil dev alive", async () => {
  const { rules, asks } = slowOwner();
  const dev = start([...command, "dev", "--port", "0", "--json", "--rules", rules]);
  await expect.poll(dev.out, { timeout: 20_000 }).toMatch(/\}\n$/);
  const asking = start([process.execPath, asks], JSON.parse(dev.out()).env);
  expect(await asking.ended).toBe(7);
  const begun = performance.now();
  dev.child.kill("SIGINT");
  expect(await dev.ended).toBe(130);
  expect(performance.now() - begun).toBeLessThan(10_000);
});

test("behavior: nor one whose --exec has ended: its exit code is ours, and all that was printed is there", async () => {
  const { rules, asks } = slowOwner();
  const exec = `"${process.execPath}" "${asks}"`;
  const dev = start([...command, "dev", "--port", "0", "--json", "--rules", rules, "--exec", exec]);
  expect(await dev.ended).toBe(7);
  expect(JSON.parse(dev.out()).exec).toEqual({ command: exec, exitCode: 7 });
});
