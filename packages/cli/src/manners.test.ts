import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { opens, type RunOptions, setUp, sigil } from "../test/sigil.js";

const help = await sigil(["--help"]);
const commands = [...help.out.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name = ""]) => name);

test("default: --help names each command and the exit codes", () => {
  expect(commands).toEqual(
    expect.arrayContaining(["dev", "keygen", "pair", "wallets", "sign", "events", "revoke", "doctor"]),
  );
  expect(help.out).toContain("3 rejected by the user, 4 expired, 130 interrupted");
});

test("behavior: --version is that of the package", async () => {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(await sigil(["--version"])).toEqual({ code: 0, out: `${manifest.version}\n`, err: "" });
});

describe.each(commands)("%s", (name) => {
  test("behavior: --help has an example", async () => {
    const { code, out, err } = await sigil([name, "--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(new RegExp(`^Example:\n {2}.*sigil ${name}`, "m"));
    expect(out).toContain("--json");
  });

  test("behavior: --json prints one document, of an error too, and nothing else", async () => {
    const { code, out } = await sigil([name, "--json", "--none"]);
    expect(code).toBe(2);
    expect(JSON.parse(out).error).toMatchObject({ kind: "usage", code: "usage", next: expect.any(String) });
  });
});

test("behavior: nothing is coloured when piped or with NO_COLOR, and on a terminal it is", async () => {
  const { emulator, run, env } = setUp();
  const runs = async (options: RunOptions) => {
    const paired = await run(["pair"], { onOut: opens(emulator), ...options });
    const failed = await run(["wallets", "--pair-id", "none"], options);
    const examined = await run(["doctor"], options);
    return [paired, failed, examined].map(({ out, err }) => out + err);
  };
  for (const text of await runs({})) expect(text).not.toContain("\u001b");
  for (const text of await runs({ isTTY: true, env: { ...env, NO_COLOR: "1" } }))
    expect(text).not.toContain("\u001b");
  for (const text of await runs({ isTTY: true })) expect(text).toContain("\u001b[");
});

test("behavior: a mistyped command or option is answered with the one that was meant", async () => {
  expect((await sigil(["wallet"])).err).toContain("Did you mean wallets?");
  expect((await sigil(["wallets", "--pair"])).err).toContain("Did you mean --pair-id?");
  expect((await sigil([])).code).toBe(2);
  expect((await sigil(["wallets", "extra"])).code).toBe(2);
  expect((await sigil(["dev", "--port", "99999"])).err).toContain("from 0 to 65535");
});

test("behavior: a terminal gets the QR code of the link, white on black; a narrow one is told why not", async () => {
  const { emulator, run } = setUp();
  const pairOn = async (columns: number) =>
    (await run(["pair"], { isTTY: true, columns, onOut: opens(emulator) })).out;
  const wide = await pairOn(80);
  const painted = wide.split("\n").filter((line) => line.startsWith("\u001b[38;5;231;48;5;16m"));
  const rows = painted.map((line) => line.replace(/^.*?m/, "").replace("\u001b[0m", ""));
  expect(rows.length).toBe(Math.ceil((rows[0]?.length ?? 0) / 2));
  expect(rows[0]).toMatch(/^█+$/);
  expect(rows[2]).toMatch(/^████ ▄▄▄▄▄ █.*█ ▄▄▄▄▄ ████$/);
  expect(await pairOn(20)).toMatch(/A QR code needs \d+ columns, and this terminal has 20/);
});
