import { describe, expect, test } from "vitest";
import { client, firstEvm } from "../../test/client.js";
import { createEmulator } from "../index.js";

describe("supportedChains", () => {
  test("default: neither paired nor signed on", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    await sp.pair();
    emulator.policy.set({ supportedChains: ["solana", "polygon"] });
    const refusal = await sp.session();
    expect([refusal.status, refusal.body.error.code]).toEqual([403, "policy_denied"]);
    const scopes = { requested_scopes: [{ chain: "polygon", access: "sign" }] };
    expect((await sp.session(scopes)).status).toBe(201);
    expect((await sp.sign(firstEvm, undefined, { chain: "ethereum" })).body.error.code).toBe("policy_denied");
    expect((await sp.sign(firstEvm, undefined, { chain: "polygon" })).status).toBe(200);
    expect((await sp.sign(firstEvm)).status).toBe(200);
    emulator.policy.set({ supportedChains: ["solana"] });
    expect((await sp.sign(firstEvm)).body.error.code).toBe("policy_denied");
    expect(emulator.appliance.prompts("sign")).toBe(2);
  });

  test("behavior: a service provider may have fewer", async () => {
    const emulator = createEmulator();
    const other = emulator.addSp({ supportedChains: ["base"] });
    expect((await client(emulator, other).session()).body.error.code).toBe("policy_denied");
    expect((await client(emulator).session()).status).toBe(201);
    emulator.sps.update(other.id, { supportedChains: null });
    expect((await client(emulator, other).session()).status).toBe(201);
  });
});

describe("rateLimit", () => {
  test("default: for each API key, and says when to try again", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    emulator.policy.set({ rateLimit: { requests: 2, perMs: 90_500 } });
    expect([(await sp.session()).status, (await sp.session()).status]).toEqual([201, 201]);
    emulator.clock.advance(500);
    const { status, headers, body } = await sp.session();
    expect([status, body.error.code]).toEqual([429, "rate_limited"]);
    // Between the first request and this one some real milliseconds have passed.
    expect(["89", "90"]).toContain(headers.get("retry-after"));
    const { apiKey } = emulator.sps.addApiKey(emulator.sp.id);
    expect((await client(emulator, { ...emulator.sp, apiKey }).session()).status).toBe(201);
    emulator.clock.advance(90_000);
    expect((await sp.session()).status).toBe(201);
  });

  test("behavior: a service provider may have its own", async () => {
    const emulator = createEmulator();
    emulator.sps.update(emulator.sp.id, { rateLimit: { requests: 0, perMs: 1_000 } });
    expect((await client(emulator).session()).headers.get("retry-after")).toBe("1");
    emulator.sps.update(emulator.sp.id, { rateLimit: null });
    expect((await client(emulator).session()).status).toBe(201);
  });
});

describe("the others", () => {
  test("parameters: maxWrongCodes", async () => {
    const emulator = createEmulator();
    emulator.policy.set({ maxWrongCodes: 1 });
    const sp = client(emulator);
    const pairId = await sp.pairPending();
    await sp.validate(pairId, "000000");
    expect((await sp.validate(pairId)).body.error.code).toBe("pair_revoked");
  });

  test("parameters: userTimeoutMs", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    await sp.pair();
    emulator.policy.set({ userTimeoutMs: 20 });
    expect((await sp.sign(firstEvm)).body.error.code).toBe("user_timeout");
    expect(emulator.policy.get()).toMatchObject({ userTimeoutMs: 20, maxWrongCodes: 3, rateLimit: null });
  });

  test.each([
    [{ supportedChains: ["dogecoin"] }, "dogecoin"],
    [{ supportedChains: "base" }, "supportedChains"],
    [{ rateLimit: { requests: -1, perMs: 1 } }, "rateLimit.requests"],
    [{ rateLimit: 5 }, "rateLimit"],
    [{ maxWrongCodes: 0 }, "maxWrongCodes"],
    [{ userTimeoutMs: 0 }, "userTimeoutMs"],
  ])("behavior: refuses %j", (change, named) => {
    const { policy } = createEmulator();
    const before = policy.get();
    expect(() => policy.set(change as never)).toThrow(named);
    expect(policy.get()).toBe(before);
  });
});
