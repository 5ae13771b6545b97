import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Emulator } from "@sigil/emulator";
import { listen } from "@sigil/emulator/node";
import { notRun } from "@sigil/testing/notRun";
import { isFullRun } from "@sigil/testing/promises";
import { canOpenTerminal, openTerminal, type Terminal } from "@sigil/testing/terminal";
import { describe, expect, onTestFinished, test } from "vitest";
import { command } from "../test/command.js";
import { setUp } from "../test/sigil.js";

const part = "e14 and e15 in a real terminal";
const ctrlC = "\u0003";
/** Each command is a process of its own, and a slow machine starts some fifty of them. */
const timeout = 300_000;

if (!isFullRun()) notRun(part, "pnpm test:promises --project packages");
else if (await canOpenTerminal()) describe(part, inTerminals);
else notRun(part, "use a platform for which @lydell/node-pty is prebuilt");

type Env = Readonly<Record<string, string>>;
type Ended = { readonly code: number; readonly text: string };

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** `sigil` as it is typed into a shell. */
const typed: string = command.map(quoted).join(" ");

function open(argv: readonly [string, ...string[]], env: Env): Terminal {
  const terminal = openTerminal(argv, { env });
  onTestFinished(() => terminal.kill());
  return terminal;
}

const sigil = (argv: readonly string[], env: Env = {}): Terminal => open([...command, ...argv], env);

/** What a shell makes of a line in which `sigil` stands, as a person would type it. */
const shell = (line: string, env: Env = {}): Terminal =>
  open(["sh", "-c", `sigil() { ${typed} "$@"; }; ${line}`], env);

async function end(terminal: Terminal): Promise<Ended> {
  const code = await terminal.ended;
  return { code, text: terminal.text() };
}

/** A paired emulator on a port, and the variables for it. */
async function paired() {
  const { emulator, env, pair } = setUp();
  const pairId = await pair();
  const { url, controlToken, close } = await listen(emulator, { port: 0, control: {} });
  onTestFinished(close);
  const all: Env = { ...env, SIGIL_OCTANE_URL: url, SIGIL_CONTROL_TOKEN: controlToken };
  return { emulator, pairId, env: all };
}

const address = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const hello = ["sign", "--address", address, "--message", "hello"] as const;

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "sigil-goals-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Opens the link that stands in the terminal. */
async function scan(terminal: Terminal, { appliance }: Emulator): Promise<void> {
  const [link = ""] = await terminal.until(/https:\/\/sigilvault\.xyz\/pair\?session=\S+&v=\d{6}/);
  await appliance.open(link);
}

function inTerminals(): void {
  test("e14: each command has help with an example", { timeout }, async () => {
    const { code, text } = await end(sigil(["--help"]));
    const names = [...stripVTControlCharacters(text).matchAll(/^ {2}([a-z]+) \[options\]/gm)];
    expect([code, names.length]).toEqual([0, 10]);
    for (const [, name = ""] of names) {
      const help = await end(sigil([name, "--help"]));
      expect([name, help.code]).toEqual([name, 0]);
      expect(stripVTControlCharacters(help.text)).toMatch(
        new RegExp(`^Example:\\r\\n {2}.*sigil ${name}`, "m"),
      );
    }
  });

  test("e14: --json of each command is one document that parses", { timeout }, async () => {
    const { emulator, env } = await paired();
    const file = join(temporary(), "stdout");
    const documentOf = async (argv: readonly string[], meanwhile?: (at: Terminal) => Promise<void>) => {
      // The terminal has stderr, and a person's eye on it; the document goes where it was sent.
      const terminal = shell(`sigil ${argv.map(quoted).join(" ")} --json > ${quoted(file)}`, env);
      await meanwhile?.(terminal);
      expect([argv, await terminal.ended, terminal.text()]).toEqual([argv, 0, expect.anything()]);
      return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    };
    expect(await documentOf(["keygen"])).toHaveProperty("seed");
    expect(await documentOf(["pair"], (at) => scan(at, emulator))).toHaveProperty("pairId");
    expect(await documentOf(["wallets"])).toHaveProperty("entries");
    expect(await documentOf(hello)).toHaveProperty("device_signature");
    expect(await documentOf(["doctor"])).toMatchObject({ ok: true });
    expect(await documentOf(["trigger", "offline"])).toMatchObject({ event: "offline" });
    expect(await documentOf(["trigger", "online"])).toMatchObject({ event: "online" });
    expect(await documentOf(["dev", "--port", "0", "--exec", "true"])).toMatchObject({ emulator: true });
    expect(await documentOf(["revoke"])).toMatchObject({ revoked: true });
    expect(await documentOf(["events"])).toMatchObject({ events: [{ kind: "pair_revoked" }] });
    const conformance = ["conformance", "--control", "--only", "session."];
    expect(await documentOf(conformance)).toMatchObject({ broken: 0, checks: expect.any(Array) });
  });

  test("e14: colours on a terminal alone, none when piped or with NO_COLOR", { timeout }, async () => {
    const { env } = await paired();
    const coloured = "\u001b[";
    expect((await end(sigil(["doctor"], env))).text).toContain(coloured);
    expect((await end(sigil(["doctor"], { ...env, NO_COLOR: "1" }))).text).not.toContain(coloured);
    expect((await end(shell("sigil doctor 2>&1 | cat", env))).text).not.toContain(coloured);
    expect((await end(shell("sigil none 2>&1 | cat", env))).text).not.toContain(coloured);
  });

  test("e14: a mistyped command or option is answered with the one that was meant", { timeout }, async () => {
    expect(await end(sigil(["walets"]))).toEqual({ code: 2, text: expect.stringContaining("wallets?") });
    const option = await end(sigil(["wallets", "--pair"]));
    expect(option).toEqual({ code: 2, text: expect.stringContaining("--pair-id?") });
  });

  test("e14: exits with 0, 1, 2, 3, 4 and 130", { timeout }, async () => {
    const { emulator, env } = await paired();
    const codeOf = async (...argv: readonly string[]): Promise<number> => (await end(sigil(argv, env))).code;
    expect(await codeOf("wallets")).toBe(0);
    expect(await codeOf("wallets", "--pair-id", "nobodys")).toBe(1);
    expect(await codeOf("wallets", "--none")).toBe(2);
    emulator.rules.add({ then: { reject: "no" } });
    expect(await codeOf(...hello)).toBe(3);
    expect(await codeOf("pair", "--expires-in", "1")).toBe(4);
    const waiting = sigil(["pair"], env);
    await waiting.until(/&v=\d{6}/);
    waiting.type(ctrlC);
    expect(await waiting.ended).toBe(130);
  });

  test("e14: Ctrl-C gives port and terminal back to the shell", { timeout }, async () => {
    const inShell = open(["sh", "-i"], { PS1: "ready> " });
    await inShell.until(/ready> /);
    inShell.type(`${typed} dev --port 0\r`);
    const [, port = ""] = await inShell.until(/octane +http:\/\/127\.0\.0\.1:(\d+)/);
    inShell.type(ctrlC);
    // Not before the prompt is back: until then what is typed is the emulator's.
    await inShell.until(/\^C.*ready> /s);
    inShell.type('echo "ended with $?"\r');
    await inShell.until(/ended with 130\r/);
    inShell.type("stty -a\r");
    await inShell.until(/ icanon[ ;].* echo[ ;]/s);
    inShell.type(`${typed} dev --port ${port} --exec 'echo "again on $SIGIL_OCTANE_URL"'\r`);
    await inShell.until(new RegExp(`again on http://127\\.0\\.0\\.1:${port}\\r`));
    inShell.type("exit\r");
    await inShell.ended;
  });

  test("e14: a busy port is one sentence: the port, who has it, the flag", { timeout }, async () => {
    const first = sigil(["dev", "--port", "0"]);
    const [, port = ""] = await first.until(/octane +http:\/\/127\.0\.0\.1:(\d+)/);
    const { code, text } = await end(sigil(["dev", "--port", port]));
    const by = process.platform === "linux" ? ` by node \\(pid ${first.pid}\\)` : ".*";
    expect(code).toBe(1);
    expect(stripVTControlCharacters(text)).toMatch(
      new RegExp(`^error: Port ${port} on 127\\.0\\.0\\.1 is in use${by}\\.\\r\\n.*--port`),
    );
    first.type(ctrlC);
    expect(await first.ended).toBe(130);
  });

  test("e15: what went wrong, why, what next, a code and a page that exists; no key, no seed", {
    timeout,
  }, async () => {
    const { emulator, env } = await paired();
    const { appliance, clock, rules, sp } = emulator;
    const shortSeed = sp.privateKeySeed.slice(0, 40);
    const wrongKey = "sk_test_emulator_not_the_one_it_has";
    const cases: readonly Case[] = [
      {
        what: "a wrong API key",
        expected: [1, "unauthorized", /API key.*SIGIL_API_KEY.*sigil doctor/s],
        env: { SIGIL_API_KEY: wrongKey },
      },
      {
        what: "an appliance that is offline",
        expected: [1, "appliance_offline", /cannot be reached.*switch the appliance on/s],
        before: () => appliance.setOnline(false),
      },
      {
        what: "a user who says no",
        expected: [3, "user_rejected", /not on a Friday.*ask again only if/s],
        before: () => {
          appliance.setOnline(true);
          rules.add({ when: { kind: "sign" }, then: { reject: "not on a Friday" } });
        },
      },
      {
        what: "a session that expires",
        expected: [4, "expired", /expired.*sigil pair again/s],
        argv: ["pair", "--expires-in", "1"],
      },
      {
        what: "a seed of the wrong length",
        expected: [2, "seed_length", /30 bytes.*43 characters of base64url/s],
        env: { SIGIL_SP_SEED: shortSeed },
      },
      {
        what: "a pairing that was revoked",
        expected: [1, "pair_revoked", /403.*revoked.*sigil pair/s],
        before: () => appliance.revoke(env.SIGIL_PAIR_ID ?? ""),
      },
      {
        what: "a clock that is off",
        expected: [1, "clock_skew", /clock +60\d s behind octane's.*start it anew/s],
        argv: ["doctor"],
        env: { SIGIL_PAIR_ID: "" },
        before: () => clock.advance(601_000),
      },
    ];
    const headings = headingsOf(readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8"));
    for (const { what, expected, argv = hello, env: change = {}, before } of cases) {
      await before?.();
      const { code, text } = await end(sigil(argv, { ...env, ...change }));
      const [exitCode, errorCode, says] = expected;
      const shown = stripVTControlCharacters(text);
      expect([what, code, shown]).toEqual([what, exitCode, expect.stringMatching(says)]);
      const [, heading] = new RegExp(`\\(${errorCode}, see docs/errors\\.md#([\\w-]+)\\)`).exec(shown) ?? [];
      expect([what, headings]).toEqual([what, expect.arrayContaining([heading])]);
      for (const secret of [sp.apiKey, sp.privateKeySeed, shortSeed, wrongKey])
        expect(shown).not.toContain(secret);
    }
  });
}

type Case = {
  readonly what: string;
  readonly expected: readonly [exitCode: number, errorCode: string, says: RegExp];
  readonly argv?: readonly string[];
  readonly env?: Env;
  readonly before?: () => unknown;
};

/** The headings of a page, as its links name them. */
function headingsOf(page: string): readonly string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
}
