import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ed25519 } from "@noble/curves/ed25519.js";
import { afterAll, expect, test } from "vitest";
import { sigil } from "../../test/sigil.js";

const folder = mkdtempSync(join(tmpdir(), "sigil-keygen-"));
afterAll(() => rmSync(folder, { recursive: true }));

const publicKeyOf = (seed: string) =>
  Buffer.from(ed25519.getPublicKey(Buffer.from(seed, "base64url"))).toString("base64url");

test("default: a seed and its public key, another each time", async () => {
  const runs = await Promise.all([1, 2].map(() => sigil(["keygen", "--json"])));
  const [one, two] = runs.map(({ out }) => JSON.parse(out));
  expect(one.seed).toMatch(/^[\w-]{43}$/);
  expect(one.publicKey).toBe(publicKeyOf(one.seed));
  expect(one.seed).not.toBe(two.seed);
  const { out } = await sigil(["keygen"]);
  expect(out).toMatch(/^seed +[\w-]{43}\npublic key +[\w-]{43}$/m);
});

test("parameters: out", async () => {
  const file = join(folder, ".env.sigil");
  const { code, out } = await sigil(["keygen", "--out", file, "--json"]);
  expect(code).toBe(0);
  const [, seed = ""] = /^SIGIL_SP_SEED=([\w-]{43})\n$/.exec(readFileSync(file, "utf8")) ?? [];
  expect(JSON.parse(out)).toEqual({ publicKey: publicKeyOf(seed), file });
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("behavior: a file that exists is left as it is, unless --force, which makes it private", async () => {
  const file = join(folder, "mine");
  const elsewhere = join(folder, "elsewhere");
  writeFileSync(elsewhere, "mine");
  chmodSync(elsewhere, 0o644);
  symlinkSync(elsewhere, file);
  const { code, err } = await sigil(["keygen", "--out", file]);
  expect(code).toBe(1);
  expect(err).toContain("exists already");
  expect(err).toContain("--force");
  expect(readFileSync(file, "utf8")).toBe("mine");
  expect((await sigil(["keygen", "--out", file, "--force"])).code).toBe(0);
  expect(readFileSync(file, "utf8")).toMatch(/^SIGIL_SP_SEED=/);
  expect(readFileSync(elsewhere, "utf8")).toBe("mine");
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("behavior: a folder that is not there is said", async () => {
  const { code, err } = await sigil(["keygen", "--out", join(folder, "none/seed")]);
  expect(code).toBe(1);
  expect(err).toContain("could not be written (ENOENT)");
});
