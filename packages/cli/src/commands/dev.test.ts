import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { figure } from "@sigil/testing/promises";
import { expect, onTestFinished, test } from "vitest";
import { command } from "../../test/command.js";
import { type RunOptions, sigil } from "../../test/sigil.js";

/** `sigil dev` until `meanwhile` is over, which is given what was printed. */
async function dev(
  argv: readonly string[],
  meanwhile: (printed: string) => Promise<void> = async () => {},
  options: RunOptions = {},
) {
  const interruption = new AbortController();
  let started: Promise<void> | undefined;
  const onOut = (soFar: string): void => {
    started ??= meanwhile(soFar).finally(() => interruption.abort("SIGINT"));
  };
  const ended = await sigil(["dev", ...argv], { signal: interruption.signal, onOut, ...options });
  await started;
  return ended;
}

const isOpen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });

test("default: says EMULATOR and the test keys, and prints variables that work; Ctrl-C frees the port", async () => {
  let port = 0;
  const { code, out } = await dev(["--port", "0"], async (printed) => {
    const env = Object.fromEntries(
      [...printed.matchAll(/^(SIGIL_\w+)=(.+)$/gm)].map(([, name = "", value = ""]) => [name, value]),
    );
    expect(Object.keys(env)).toEqual([
      "SIGIL_OCTANE_URL",
      "SIGIL_API_KEY",
      "SIGIL_SP_SEED",
      "SIGIL_OCTANE_PUBLIC_KEY",
      "SIGIL_CONTROL_TOKEN",
    ]);
    port = Number(new URL(env.SIGIL_OCTANE_URL ?? "").port);
    const { code, out } = await sigil(["doctor"], { env });
    expect(out).not.toContain("failed");
    expect(code).toBe(0);
  });
  expect(out).toMatch(/EMULATOR/);
  expect(out).toContain("test keys that everybody knows");
  expect(out).toMatch(/octane +http:\/\/127\.0\.0\.1:\d+/);
  expect(code).toBe(130);
  expect(await isOpen(port)).toBe(false);
});

test("behavior: --json prints the same as one document", async () => {
  const { out } = await dev(["--port", "0", "--json"]);
  const { emulator, octaneUrl, apiKey, seed, octanePublicKey, controlToken, env } = JSON.parse(out);
  expect(emulator).toBe(true);
  expect(env).toEqual({
    SIGIL_OCTANE_URL: octaneUrl,
    SIGIL_API_KEY: apiKey,
    SIGIL_SP_SEED: seed,
    SIGIL_OCTANE_PUBLIC_KEY: octanePublicKey,
    SIGIL_CONTROL_TOKEN: controlToken,
  });
});

test("behavior: a port in use is one sentence that names it, its holder and the flag", async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void holder.close());
  const { port } = holder.address() as AddressInfo;
  const { code, err } = await dev(["--port", String(port)]);
  expect(code).toBe(1);
  const [first, second] = err.split("\n");
  const by = process.platform === "linux" ? ` by \\S+ \\(pid ${process.pid}\\)` : ".*";
  expect(first).toMatch(new RegExp(`^error: Port ${port} on 127\\.0\\.0\\.1 is in use${by}\\.$`));
  expect(second).toContain("--port: 0 takes any free one");
  const elsewhere = await dev(["--port", "0", "--host", "192.0.2.1"]);
  expect(elsewhere).toMatchObject({ code: 1, err: expect.stringContaining("EADDRNOTAVAIL") });
});

test("behavior: an empty host is refused", async () => {
  const { code, out, err } = await dev(["--port", "0", "--host", ""]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("--host");
});

test("parameters: exec", async () => {
  const show = 'node -p "[process.env.SIGIL_OCTANE_URL, process.env.SIGIL_SP_SEED.length].join()"';
  const { code, out, err } = await sigil(["dev", "--port", "0", "--exec", `${show}; exit 7`]);
  expect(code).toBe(7);
  expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+,43\n$/);
  expect(err).toMatch(/^EMULATOR on (http:\S+), its page on \1\/\?token=\S+, for: node -p /);
  const killed = await sigil(["dev", "--port", "0", "--json", "--exec", "kill -9 $$"]);
  expect(killed.code).toBe(137);
  expect(JSON.parse(killed.out).exec).toEqual({ command: "kill -9 $$", exitCode: 137 });
});

test("behavior: a signal is passed on to all that --exec started, and waited for", async () => {
  const interruption = new AbortController();
  const onOut = (soFar: string) => {
    if (soFar.includes("ready")) interruption.abort("SIGTERM");
  };
  const child = `node -e 'process.on("SIGTERM", () => { console.log("tidied"); process.exit(5) }); setInterval(() => {}, 9e5); console.log("ready")'`;
  const argv = ["dev", "--port", "0", "--exec", `${child}; code=$?; echo after; exit $code`];
  const { code, out } = await sigil(argv, { signal: interruption.signal, onOut });
  expect(out).toContain("tidied");
  expect([5, 143]).toContain(code);
});

test("parameters: seed", async () => {
  const started = async (seed: string) => {
    const { out } = await dev(["--port", "0", "--json", "--seed", seed]);
    const { apiKey, seed: spSeed } = JSON.parse(out);
    return { apiKey, spSeed };
  };
  const [one, again, other] = [await started("one"), await started("one"), await started("other")];
  expect(again).toEqual(one);
  expect(other.apiKey).not.toBe(one.apiKey);
  expect(other.spSeed).not.toBe(one.spSeed);
});

test("parameters: rules", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "sigil-rules-")), "rules.json");
  onTestFinished(() => rmSync(dirname(file), { recursive: true }));
  const start = async (text: string) => {
    writeFileSync(file, text);
    return dev(["--port", "0", "--rules", file]);
  };
  expect((await start('[{ "when": { "kind": "sign" }, "then": { "reject": "no" } }]')).code).toBe(130);
  for (const text of ["{", "{}", '[{ "then": "approve" }, { "then": "perhaps" }]']) {
    const { code, err } = await start(text);
    expect(code, text).toBe(2);
    expect(err).toContain(file);
  }
  expect((await dev(["--port", "0", "--rules", `${file}.none`])).err).toContain("could not be read (ENOENT)");
});

test("behavior: with --approval manual the terminal says where to approve, beside --exec too", async () => {
  const approve = "You approve: on the page, or with sigil trigger approve.";
  expect((await dev(["--port", "0", "--approval", "manual"])).out).toContain(approve);
  expect((await dev(["--port", "0"])).out).not.toContain("You approve");
  const { err } = await sigil(["dev", "--port", "0", "--approval", "manual", "--exec", "true"]);
  expect(err).toContain(approve);
});

test("behavior: rules that decide are told, with where they are from: a file, or the state of another day", async () => {
  const dir = mkdtempSync(join(tmpdir(), "sigil-rules-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const [file, state] = [join(dir, "rules.json"), join(dir, "state.json")];
  writeFileSync(file, '[{ "then": "ignore" }, { "then": "approve" }]');
  const first = await dev(["--port", "0", "--rules", file, "--export", state]);
  expect(first.out).toContain(`Before --approval auto, 2 rules from ${file} decide.`);
  const second = await dev(["--port", "0", "--import", state, "--approval", "manual"]);
  expect(second.out).toContain(`Before --approval manual, 2 rules from ${state} decide.`);
  expect((await dev(["--port", "0"])).out).not.toContain("Before --approval");
});

test("behavior: a reset leaves the rules that it was started with", async () => {
  const dir = mkdtempSync(join(tmpdir(), "sigil-rules-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const rules = [{ when: { kind: "pair" }, then: { reject: "not here" } }, { then: "ignore" }];
  writeFileSync(join(dir, "rules.json"), JSON.stringify(rules));
  await dev(["--port", "0", "--json", "--rules", join(dir, "rules.json")], async (printed) => {
    const { octaneUrl, controlToken } = JSON.parse(printed);
    const ask = (method: string, path: string, body?: object): Promise<Response> => {
      const headers = { authorization: `Bearer ${controlToken}`, "content-type": "application/json" };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      return fetch(`${octaneUrl}/_emulator${path}`, { method, headers, ...sent });
    };
    await ask("DELETE", "/rules");
    await ask("POST", "/rules", { then: "approve" });
    for (const _ of [1, 2]) {
      expect((await ask("POST", "/reset")).status).toBe(204);
      expect(await (await ask("GET", "/rules")).json()).toEqual({ rules });
    }
  });
});

test("R56: an emulator does not start where NODE_ENV is production, unless it is allowed by name", async () => {
  const dir = join(mkdtempSync(join(tmpdir(), "sigil-production-")), "data");
  onTestFinished(() => rmSync(dirname(dir), { recursive: true }));
  const tried = ["production", "Production", " production "];
  const ways = [
    [],
    ["--json"],
    ["--exec", "true"],
    ["--data", dir],
    ["--approval", "manual", "--seed", "one"],
  ];
  const codes: number[] = [];
  for (const NODE_ENV of tried) {
    for (const way of ways) {
      const { code, out, err } = await sigil(["dev", "--port", "0", ...way], { env: { NODE_ENV } });
      codes.push(code);
      const said = way[0] === "--json" ? out : err;
      expect(way[0] === "--json" ? err : out).toBe("");
      expect(said).toContain("keys are known to everybody");
      expect(said).toContain("--allow-production");
    }
  }
  expect(new Set(codes)).toEqual(new Set([1]));
  // Refused before anything was made.
  expect(existsSync(dir)).toBe(false);
  // As it is started: the variable is the process' own, which `listen` looks at, too.
  const env = { PATH: process.env.PATH, NODE_ENV: "production" };
  const [file, ...args] = command;
  const spawned = spawnSync(file, [...args, "dev", "--port", "0"], { env, encoding: "utf8" });
  expect(spawned).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining("known to everybody"),
  });
  const allowed = [...args, "dev", "--port", "0", "--allow-production", "--exec", "true"];
  const { status, stderr } = spawnSync(file, allowed, { env, encoding: "utf8" });
  expect([status, stderr]).toEqual([0, expect.stringContaining("EMULATOR")]);
  const { out } = await dev(["--port", "0", "--allow-production"], undefined, { env });
  expect(out).toContain("test keys that everybody knows");
  figure("R56", `${codes.length + 1} starts of sigil dev in production refused, allowed by name it starts`);
});
