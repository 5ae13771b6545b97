import { expect, test } from "vitest";
import { type RunOptions, setUp } from "../../test/sigil.js";
import { checkNode } from "../doctor/localChecks.js";

type Checks = {
  ok: boolean;
  checks: { name: string; status: string; detail: string; code?: string; next?: string }[];
};

/** An emulator, and what doctor finds with the environment changed. */
function patient() {
  const { run, env, emulator, pair } = setUp();
  const examine = async (change: Record<string, string> = {}, more: RunOptions = {}) => {
    const { code, out } = await run(["doctor", "--json"], { env: { ...env, ...change }, ...more });
    const { ok, checks } = JSON.parse(out) as Checks;
    const failed = checks.filter(({ status }) => status === "failed");
    return { code, ok, checks, failed, codes: failed.map(({ code }) => code) };
  };
  return { run, env, emulator, pair, examine };
}

/** Answers with a clock of its own. */
const withDate =
  (fetch: typeof globalThis.fetch, dateMs: () => number): typeof globalThis.fetch =>
  async (...args) => {
    const response = await fetch(...args);
    const headers = new Headers(response.headers);
    headers.set("date", new Date(dateMs()).toUTCString());
    return new Response(response.body, { status: response.status, headers });
  };

test("default: what is well", async () => {
  const { examine, emulator, run } = patient();
  const fetch = withDate(emulator.fetch, Date.now);
  const { code, checks } = await examine({}, { fetch });
  expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
    "node ok",
    "octane ok",
    "api key ok",
    "clock ok",
    "pair skipped",
    "seed ok",
    "bundle ok",
  ]);
  expect(code).toBe(0);
  expect(checks.find(({ name }) => name === "seed")?.detail).toContain(
    "not checked: that it is the one registered",
  );
  expect((await run(["doctor"])).out).toMatch(/^ok +octane +reachable; it is an EMULATOR$/m);
});

test("behavior: a paired one is told, and a revoked one", async () => {
  const { examine, pair, run } = patient();
  const pairId = await pair();
  expect((await examine({ SIGIL_PAIR_ID: pairId })).checks).toContainEqual(
    expect.objectContaining({ name: "pair", status: "ok" }),
  );
  await run(["revoke"]);
  expect((await examine({ SIGIL_PAIR_ID: pairId })).codes).toEqual(["pair_revoked"]);
});

test("behavior: each thing that is wrong is one failed line with a next step", async () => {
  const { examine, env, emulator } = patient();
  const seed = env.SIGIL_SP_SEED ?? "";
  const cases: [string, Record<string, string>, RunOptions?][] = [
    ["unauthorized", { SIGIL_API_KEY: "sk_test_emulator_wrong" }],
    ["config", { SIGIL_API_KEY: "two words" }],
    ["config", { SIGIL_OCTANE_URL: "http://octane.example" }],
    ["missing_option", { SIGIL_OCTANE_URL: "" }],
    ["missing_option", { SIGIL_SP_SEED: "" }],
    ["seed_length", { SIGIL_SP_SEED: seed.slice(0, 20) }],
    ["invalid_seed", { SIGIL_SP_SEED: `${seed}=` }],
    ["secret_published", { NEXT_PUBLIC_KEY: seed }],
    ["secret_published", { VITE_SIGIL_API_KEY: "another" }],
    ["not_octane", {}, { fetch: async () => new Response("<html>", { status: 404 }) }],
    ["odd", {}, { fetch: async () => Response.json({ error: { code: "odd" } }, { status: 418 }) }],
    ["clock_skew", {}, { fetch: withDate(emulator.fetch, () => Date.now() - 120_000) }],
  ];
  for (const [expected, change, more] of cases) {
    const { code, ok, failed, codes } = await examine(change, more);
    expect(codes, expected).toEqual([expected]);
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    expect(failed[0]?.next, expected).toMatch(/^[A-Z].+\.$/);
    // Whoever reads it has just done that.
    expect(failed[0]?.next, expected).not.toContain("sigil doctor");
  }
});

test("behavior: an emulator whose clock was moved on is told, with what moved it", async () => {
  const { examine, emulator } = patient();
  expect((await examine()).checks).toContainEqual(expect.objectContaining({ name: "clock", status: "ok" }));
  emulator.clock.advance(601_000);
  const { failed } = await examine();
  expect(failed).toMatchObject([
    { name: "clock", code: "clock_skew", next: expect.stringContaining("sigil trigger expire") },
  ]);
});

test("behavior: octane out of reach is told with the system's word", async () => {
  const { examine } = patient();
  const refused = async () => {
    throw new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNREFUSED" }) });
  };
  const { failed } = await examine({}, { fetch: refused });
  expect(failed).toMatchObject([{ name: "octane", detail: expect.stringContaining("ECONNREFUSED") }]);
  expect(failed[0]?.detail).not.toContain("getEnabledWallets");
  expect(failed[0]?.next).toContain("sigil dev starts an emulator");
  expect(failed[0]?.next).not.toContain("sigil doctor");
});

test("parameters: version of Node", () => {
  expect(["18.20.0", "20.18.3", "20.19.0", "22.0.0"].map((version) => checkNode(version).status)).toEqual([
    "failed",
    "failed",
    "ok",
    "ok",
  ]);
});
