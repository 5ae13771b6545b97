import { setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { createOwned, type Owned } from "../../test/conformance/emulatorApprover.js";
import { ids, run } from "../../test/conformance/run.js";
import type { Approver } from "./index.js";

const here = (...families: readonly string[]) => ({ only: families.map((family) => `${family}.`) });

test("default: the emulator keeps to every line of the protocol, and all of them are tried", async () => {
  const owned = createOwned();
  const report = await run(owned);
  expect(ids(report, "broken")).toEqual([]);
  expect(ids(report, "untried")).toEqual([]);
  expect(report.hold).toBe(report.checks.length);
  // Nothing is left behind.
  expect(owned.emulator.appliance.pairs().filter(({ state }) => state !== "revoked")).toEqual([]);
});

describe("what could not be tried", () => {
  const nothing = async (): Promise<void> => {};
  const nobody: Approver = { pair: nothing, sign: nothing, arrived: nothing, revoke: nothing };

  test("behavior: all that needs the owner, where nobody is there; the first wait is the last", async () => {
    const owned = createOwned();
    const report = await run(
      { ...owned, approver: nobody },
      {
        waitMs: 50,
        ...here("frames", "pairing", "validate", "sign", "foreign", "revoke"),
      },
    );
    expect(report.broken).toBe(0);
    const untried = ids(report, "untried");
    expect(untried).toEqual(
      expect.arrayContaining(["pairing.uuid", "validate.right-200", "revoke.first-true"]),
    );
    expect(untried).toEqual(
      expect.arrayContaining(["sign.secp256k1.200", "frames.rejected", "foreign.sign"]),
    );
    expect(untried).not.toContain("frames.expired");
    expect(report.hold).toBeGreaterThan(10);
  });

  test("behavior: what needs a second key, octane's key, or a return_url", async () => {
    const owned = createOwned();
    const { emulator, approver } = owned;
    const without = { octanePublicKey: undefined, secondApiKey: undefined, returnUrl: undefined };
    const report = await run(owned, {
      ...without,
      ...here("session", "foreign", "sign"),
      approver,
    } as object);
    expect(emulator.appliance.prompts("pair")).toBeGreaterThan(0);
    expect(report.broken).toBe(0);
    const whys = report.checks.filter(({ verdict }) => verdict === "untried").map(({ why }) => why);
    expect([...new Set(whys)]).toEqual([
      "octane's public key is not known: pass --octane-public-key",
      "no allowed return_url is known: give one by --return-url",
      "no second API key: give one by --second-api-key",
    ]);
  });

  test("behavior: an approver that cannot do something says why", async () => {
    const owned = createOwned();
    const pair = (): Promise<void> => Promise.reject(new Error("no phone at hand"));
    const report = await run({ ...owned, approver: { ...nobody, pair } }, here("wallets"));
    expect(report.checks.find(({ id }) => id === "wallets.shape")?.why).toBe("no phone at hand");
  });
});

describe("what is signed with", () => {
  test("behavior: a pairing that is named signs, and is not revoked", async () => {
    const owned = createOwned();
    const { emulator, approver } = owned;
    const { pair_id } = await activePairing(owned);
    const pair = (): Promise<void> => Promise.reject(new Error("not asked for"));
    const options = {
      pairId: pair_id,
      approver: { ...approver, pair },
      ...here("sign", "foreign", "revoke"),
    };
    const report = await run(owned, options);
    expect(report.broken).toBe(0);
    expect(ids(report, "held")).toEqual(
      expect.arrayContaining(["sign.secp256k1.octane", "sign.ed25519.device", "foreign.revoke"]),
    );
    expect(ids(report, "untried")).toContain("revoke.first-true");
    expect(emulator.appliance.pairs()).toMatchObject([{ pair_id, state: "active" }]);
  });

  test("behavior: an end from outside revokes what was paired", async () => {
    const owned = createOwned();
    const end = new AbortController();
    const sign = async (): Promise<void> => end.abort(new Error("interrupted"));
    const approver = { ...owned.approver, sign };
    await expect(run({ ...owned, approver }, { signal: end.signal, ...here("sign") })).rejects.toThrow(
      "interrupted",
    );
    expect(owned.emulator.appliance.pairs()).toMatchObject([{ state: "revoked" }]);
  });
});

test("behavior: however many requests are under way, Node warns of nothing", async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning);
  process.on("warning", onWarning);
  onTestFinished(() => void process.off("warning", onWarning));
  const { signal } = new AbortController();
  const report = await run(createOwned(), { signal, ...here("sign", "session", "frames") });
  expect(report.broken).toBe(0);
  // Node says it in a later turn of the event loop.
  await setImmediate();
  expect(warnings.map(({ name }) => name)).toEqual([]);
});

describe("what ends a run at once", () => {
  test("behavior: nobody answers", async () => {
    const refuse = (): Promise<Response> => Promise.reject(new TypeError("fetch failed"));
    await expect(run(createOwned(), { fetch: refuse })).rejects.toThrow(
      /No octane answers at https:.*check the URL/,
    );
  });

  test("behavior: the key is refused, and not repeated", async () => {
    const error = await run(createOwned(), { apiKey: "sk_wrong" }).catch(String);
    expect(error).toMatch(/refuses the API key \(401 unauthorized\): check the key/);
    expect(error).not.toContain("sk_wrong");
  });

  test.each([
    ["seed", { seed: "c2hvcnQ" }],
    ["octanePublicKey", { octanePublicKey: "A" }],
    ["octaneUrl", { octaneUrl: "/api" }],
    ["octaneUrl", { octaneUrl: "http://octane.example" }],
    ["octaneUrl", { octaneUrl: "https://octane.example/?a" }],
    ["only", { only: ["sessions"] }],
  ])("parameters: %s", async (name, options) => {
    await expect(run(createOwned(), options)).rejects.toThrow(new RegExp(`^${name}`));
  });
});

async function activePairing({ emulator }: Owned): Promise<{ pair_id: string }> {
  const post = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${emulator.sp.apiKey}`, "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    return (await emulator.fetch(`https://octane.test/sp/pair/${path}`, init)).json();
  };
  const requested_scopes = ["ethereum", "solana"].map((chain) => ({ chain, access: "sign" }));
  const { session_id } = await post("sessions", { sp_user_ref: "ada", requested_scopes });
  const card = await emulator.appliance.open(session_id, { code: "123456" });
  const { pair_id } = await card.approve();
  await post("validate", { pair_id, code: "123456" });
  return { pair_id };
}
