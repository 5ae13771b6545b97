import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { opens, setUp } from "../../test/sigil.js";
import { docsUrl } from "./docsUrl.js";
import { explainError } from "./explainError.js";

const page = readFileSync(new URL("../../../../docs/errors.md", import.meta.url), "utf8");
const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replaceAll(" ", "-"),
);

const address = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const hello = ["sign", "--address", address, "--message", "hello"];

type SetUp = ReturnType<typeof setUp>;
type Case = {
  readonly what: string;
  readonly expected: { readonly exit: number; readonly code: string; readonly says: RegExp };
  readonly options?: Parameters<typeof setUp>[0];
  readonly run: (at: SetUp, json: readonly string[]) => Promise<{ code: number; out: string; err: string }>;
};

const noSignature = {
  approval: ({ kind }: { kind: string }) => (kind === "pair" ? "approve" : "reject"),
} as const;

const cases: readonly Case[] = [
  {
    what: "a wrong API key",
    expected: { exit: 1, code: "unauthorized", says: /sigil doctor/ },
    run: async ({ run, env, pair }, json) => {
      await pair();
      return run([...hello, ...json], { env: { ...env, SIGIL_API_KEY: "sk_test_emulator_other" } });
    },
  },
  {
    what: "a revoked pairing",
    expected: { exit: 1, code: "pair_revoked", says: /pair again with sigil pair/ },
    run: async ({ run, pair }, json) => {
      await pair();
      await run(["revoke"]);
      return run([...hello, ...json]);
    },
  },
  {
    what: "an appliance that is off",
    expected: { exit: 1, code: "appliance_offline", says: /switch the appliance on/ },
    run: async ({ run, pair, emulator }, json) => {
      await pair();
      emulator.faults.add({ route: "sign", fault: { kind: "offline" } });
      return run([...hello, ...json]);
    },
  },
  {
    what: "a user who says no",
    expected: { exit: 3, code: "user_rejected", says: /said no/ },
    options: noSignature,
    run: async ({ run, pair }, json) => {
      await pair();
      return run([...hello, ...json]);
    },
  },
  {
    what: "a session that expires",
    expected: { exit: 4, code: "expired", says: /sigil pair again/ },
    run: ({ run }, json) => run(["pair", "--expires-in", "1", ...json]),
  },
  {
    what: "a seed of the wrong length",
    expected: { exit: 2, code: "seed_length", says: /43 characters of base64url/ },
    run: ({ run, env }, json) =>
      run([...hello, ...json], { env: { ...env, SIGIL_SP_SEED: env.SIGIL_SP_SEED?.slice(0, 40) } }),
  },
  {
    what: "a seed that another key pair has",
    expected: { exit: 1, code: "bad_sp_signature", says: /registered for this API key/ },
    run: async ({ run, env, pair, emulator }, json) => {
      await pair();
      return run([...hello, ...json], { env: { ...env, SIGIL_SP_SEED: emulator.addSp().privateKeySeed } });
    },
  },
  {
    what: "an octane that is not there",
    expected: { exit: 1, code: "network", says: /ECONNREFUSED.*sigil doctor/s },
    run: ({ run }, json) =>
      run(["revoke", "--pair-id", "p", ...json], {
        fetch: async () => {
          throw new TypeError("fetch failed", {
            cause: Object.assign(new Error(), { code: "ECONNREFUSED" }),
          });
        },
      }),
  },
  {
    what: "no API key",
    expected: { exit: 2, code: "missing_option", says: /SIGIL_API_KEY is not set.*--api-key/s },
    run: ({ run, env }, json) => run(["wallets", ...json], { env: { ...env, SIGIL_API_KEY: "" } }),
  },
];

test.each(cases)("behavior: $what: cause, next step, a code, and a page that exists", async (each) => {
  const at = setUp(each.options);
  const program = await each.run(at, ["--json"]);
  const people = await each.run(at, []);
  const { exit, code, says } = each.expected;
  expect([program.code, people.code]).toEqual([exit, exit]);
  const { error } = JSON.parse(program.out);
  expect(error).toMatchObject({
    code,
    message: expect.stringMatching(/.{15}/),
    next: expect.stringMatching(/.{15}/),
  });
  expect(people.err).toMatch(says);
  const [, anchor] = /\((\w+), see docs\/errors\.md#([\w-]+)\)\n$/.exec(people.err)?.slice(1) ?? [];
  expect(people.err).toContain(`(${code}, see `);
  expect(anchors).toContain(anchor);
  // Relative to a repository that a program knows nothing of.
  expect(error).not.toHaveProperty("docs");
  const printed = [program, people].map(({ out, err }) => out + err).join();
  const { apiKey, privateKeySeed } = at.emulator.sp;
  for (const secret of [apiKey, privateKeySeed, privateKeySeed.slice(0, 40)])
    expect(printed).not.toContain(secret);
});

test("behavior: a secret behind a mistyped flag is not repeated", async () => {
  const { run } = setUp();
  for (const argv of [
    ["wallets", "--api-kye=sk_secret_value"],
    ["sign", "--sede=sk_secret_value"],
    [
      "wallets",
      "--api-key",
      "sk_secret_value",
      "--octane-url",
      "http://sk_secret_value.example",
      "--pair-id",
      "p",
    ],
  ]) {
    const { code, out, err } = await run(argv);
    expect(code).toBe(2);
    expect(out + err).not.toContain("sk_secret");
  }
});

test("behavior: what octane answers is not printed as it came", async () => {
  const { run, emulator } = setUp();
  const answer = JSON.stringify({ error: { code: "\u001b[2Jpwned", message: "\u001b[2J" } });
  const fetch = async () =>
    new Response(answer, { status: 400, headers: { "content-type": "application/json" } });
  const { code, out, err } = await run(["pair"], { fetch, onOut: opens(emulator) });
  expect(code).toBe(1);
  expect(out + err).not.toContain("\u001b");
});

test("behavior: an option is called what it was given as, the flag or the variable, never what a program calls it", async () => {
  const { run, env } = setUp();
  const said = async (argv: readonly string[], change: Record<string, string> = {}) => {
    const { code, err } = await run(argv, { env: { ...env, ...change } });
    expect(code, argv.join(" ")).toBe(2);
    expect(err).not.toMatch(
      /\b(octaneUrl|apiKey|privateKeySeed|octanePublicKey|pairId)|error: (seed|payload)\b/,
    );
    return err.split("\n")[0];
  };
  const wallets = ["wallets", "--pair-id", "p"];
  const ftp = "must begin with https://.";
  expect(await said([...wallets, "--octane-url", "ftp://x"])).toBe(`error: --octane-url: ${ftp}`);
  expect(await said([...wallets, "--octane-url=ftp://x"])).toBe(`error: --octane-url: ${ftp}`);
  expect(await said(wallets, { SIGIL_OCTANE_URL: "ftp://x" })).toBe(`error: SIGIL_OCTANE_URL: ${ftp}`);
  expect(await said(wallets, { SIGIL_OCTANE_URL: "//x" })).not.toContain("/api");
  expect(await said(wallets, { SIGIL_API_KEY: "two words" })).toMatch(/^error: SIGIL_API_KEY: /);
  expect(await said(["wallets"], { SIGIL_PAIR_ID: "a/b" })).toMatch(/^error: SIGIL_PAIR_ID: /);
  expect(await said(hello, { SIGIL_SP_SEED: "++" })).toMatch(/^error: SIGIL_SP_SEED: /);
  expect(await said([...hello, "--seed", "abcd"])).toMatch(/^error: --seed: /);
  expect(await said([...hello, "--octane-public-key", "x"])).toMatch(/^error: --octane-public-key: /);
  expect(await said(["sign", "--address", address, "--payload", "0xab"])).toMatch(/^error: --payload: /);
  expect(await said(["pair", "--return-url", "http://x"])).toMatch(/^error: --return-url: /);
  expect(await said(["conformance", "--seed", "abcd"])).toMatch(/^error: --seed must be /);
  const { out } = await run([...wallets, "--json"], { env: { ...env, SIGIL_OCTANE_URL: "ftp://x" } });
  expect(JSON.parse(out).error.field).toBe("SIGIL_OCTANE_URL");
});

test("behavior: what happened is said once, and what to do once", async () => {
  const { run, pair } = setUp();
  await pair();
  await run(["revoke"]);
  const { err } = await run(hello);
  const [happened, next] = err.split("\n");
  expect(happened).toMatch(/^error: Octane answered 403: The pairing has been revoked\b/);
  expect(next).toBe("It is final: pair again with sigil pair.");
  expect(err.match(/revoked[ :.]/g)).toHaveLength(1);
  expect(err.match(/pair_revoked/g)).toHaveLength(1);
  const html = await run(["wallets"], { fetch: async () => new Response("<html>") });
  expect(html.err.match(/Check /g)).toHaveLength(1);
  expect(html.err).not.toMatch(/getEnabledWallets|octaneUrl/);
});

test("behavior: pages are named by their address once the package was published from somewhere", () => {
  expect(docsUrl("https://git.example/some/one/tree/v1.2.3/packages/cli#readme")).toBe(
    "https://git.example/some/one/blob/v1.2.3/",
  );
  expect(docsUrl(undefined)).toBeUndefined();
});

test("behavior: of a RangeError only that of an option is blamed on the command line", () => {
  expect(explainError(new RangeError("expiresInSecs: must be from 1 to 600."), () => false)).toMatchObject({
    code: "config",
    exitCode: 2,
  });
  expect(explainError(new RangeError("Invalid time value"), () => false)).toMatchObject({
    code: "internal",
    exitCode: 1,
  });
});
