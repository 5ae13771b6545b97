import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { note } from "@sigil/testing/note";
import { expect, onTestFinished, test } from "vitest";
import { type Ended, sigil } from "../../test/sigil.js";

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "sigil-kept-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** `sigil dev` until `meanwhile` is over, which is given the variables that were printed. */
async function dev(argv: readonly string[], meanwhile = async (_: Record<string, string>) => {}) {
  const interruption = new AbortController();
  const begun = performance.now();
  let env: Record<string, string> = {};
  let startMs = 0;
  let done: Promise<void> | undefined;
  const onOut = (soFar: string): void => {
    startMs ||= performance.now() - begun;
    if (env.SIGIL_CONTROL_TOKEN !== undefined) return;
    env = Object.fromEntries(
      [...soFar.matchAll(/^(SIGIL_\w+)=(.+)$/gm)].map(([, name, value]) => [name, value]),
    );
    done = meanwhile(env).finally(() => interruption.abort("SIGINT"));
  };
  const ended: Ended = await sigil(["dev", "--port", "0", ...argv], { signal: interruption.signal, onOut });
  await done;
  return { ...ended, env, startMs };
}

/** Pairs, as the SP and as the owner at once. */
async function pair(env: Record<string, string>): Promise<string> {
  let opened: Promise<unknown> | undefined;
  const onOut = (soFar: string): void => {
    const [link] = /https:\/\/\S+&v=\d{6}/.exec(soFar) ?? [];
    if (link !== undefined) opened ??= sigil(["trigger", "approve", "--link", link], { env });
  };
  const { out } = await sigil(["pair", "--json"], { env, onOut });
  await opened;
  return JSON.parse(out).pairId;
}

const wallets = async (env: Record<string, string>, pairId: string) =>
  JSON.parse((await sigil(["wallets", "--json", "--pair-id", pairId], { env })).out);

const keys = (env: Record<string, string>) => [env.SIGIL_API_KEY, env.SIGIL_SP_SEED];

test("parameters: data", async () => {
  const data = join(folder(), "data");
  const argv = ["--data", data, "--approval", "manual"];
  let pairId = "";
  let before: unknown;
  const first = await dev(argv, async (env) => {
    pairId = await pair(env);
    before = await wallets(env, pairId);
    const { code, err } = await dev(["--data", data]);
    expect([code, err]).toEqual([1, expect.stringContaining(`The folder ${data} is in use`)]);
    expect(err).toContain("(data_failed, see docs/errors.md");
  });
  expect(first.code).toBe(130);
  expect(first.out).toContain(data);
  const second = await dev(argv, async (env) => expect(await wallets(env, pairId)).toEqual(before));
  expect(keys(second.env)).toEqual(keys(first.env));
  const file = join(data, "sp.env");
  expect(readFileSync(file, "utf8")).toContain(`SIGIL_API_KEY=${first.env.SIGIL_API_KEY}`);
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  note(`sigil dev --data: ${Math.round(second.startMs)} ms from its start to what it prints`);
});

test("behavior: rules of a file take the place of those that are kept", async () => {
  const dir = folder();
  const rules = join(dir, "rules.json");
  writeFileSync(rules, '[{ "when": { "kind": "sign" }, "then": { "reject": "no" } }]');
  const argv = ["--data", dir, "--rules", rules, "--export", join(dir, "state.json")];
  for (const _ of [1, 2]) expect((await dev(argv)).code).toBe(130);
  const { tables } = JSON.parse(readFileSync(join(dir, "state.json"), "utf8"));
  const [row] = tables.settings.filter(({ name }: { name: string }) => name === "rules");
  expect(JSON.parse(JSON.parse(row.value).rules)).toHaveLength(1);
});

test("parameters: export, import", async () => {
  const dir = folder();
  const file = join(dir, "state.json");
  let pairId = "";
  let before: unknown;
  const first = await dev(["--export", file, "--approval", "manual"], async (env) => {
    pairId = await pair(env);
    before = await wallets(env, pairId);
  });
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  const data = join(dir, "data");
  for (const argv of [
    ["--import", file],
    ["--import", file, "--data", data],
    ["--data", data],
  ]) {
    const next = await dev(argv, async (env) => expect(await wallets(env, pairId)).toEqual(before));
    expect(keys(next.env)).toEqual(keys(first.env));
  }
  const again = await dev(["--import", file, "--data", data]);
  expect([again.code, again.err]).toEqual([
    1,
    expect.stringContaining("has the state of an emulator already"),
  ]);
});

test("behavior: where the port is taken or a rule is none, nothing is imported: the next try does it", async () => {
  const dir = folder();
  const [state, rules, data] = [join(dir, "state.json"), join(dir, "rules.json"), join(dir, "data")];
  const { env } = await dev(["--export", state]);
  const argv = ["--import", state, "--data", data];
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void holder.close());
  const { port } = holder.address() as AddressInfo;
  const busy = await sigil(["dev", "--port", String(port), ...argv]);
  expect([busy.code, busy.err]).toEqual([1, expect.stringContaining(`Port ${port} on 127.0.0.1 is in use`)]);
  writeFileSync(rules, '[{ "when": { "amount": { "atmost": "1" } }, "then": "approve" }]');
  const wrong = await dev([...argv, "--rules", rules]);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('has no field "atmost"')]);
  writeFileSync(rules, "[]");
  const next = await dev([...argv, "--rules", rules]);
  expect(next.code).toBe(130);
  expect(keys(next.env)).toEqual(keys(env));
});

test("behavior: what cannot be taken in or written is said before anything starts", async () => {
  const dir = folder();
  const file = join(dir, "state.json");
  const refused = async (code: number, ...argv: readonly string[]) => {
    const ended = await dev(argv);
    expect([ended.code, ended.out]).toEqual([code, ""]);
    return ended.err;
  };
  expect(await refused(1, "--import", file)).toContain(`${file} could not be read (ENOENT)`);
  expect(await refused(1, "--export", join(dir, "none", "state.json"))).toContain(
    "could not be written (ENOENT)",
  );
  expect(await refused(1, "--export", dir)).toContain(`${dir} could not be written: it is a folder`);
  writeFileSync(file, "{");
  expect(await refused(2, "--import", file)).toContain(`${file} is not JSON`);
  writeFileSync(file, "{}");
  expect(await refused(2, "--import", file)).toMatch(/it is not what export gives\.\n.*Export it anew/);
  expect(await refused(2, "--data", dir, "--seed", "a")).toContain(
    "cannot be used with option '--data <dir>'",
  );
});
