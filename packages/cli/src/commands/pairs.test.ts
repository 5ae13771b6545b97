import { expect, test } from "vitest";
import { setUp } from "../../test/sigil.js";

test("default: wallets, and after revoke none", async () => {
  const { run, pair } = setUp();
  const pairId = await pair("--chain", "base", "solana");
  const { out } = await run(["wallets"]);
  expect(out).toMatch(/chain +# +address +may/);
  expect(out).toMatch(/base +1 +0x[0-9a-fA-F]{40} +sign/);
  expect(JSON.parse((await run(["wallets", "--json"])).out)).toMatchObject({ pairId });
  expect((await run(["revoke"])).out).toMatch(/^Revoked at 20\d\d-.*: it signs no more\.$/m);
  expect((await run(["revoke"])).out).toContain("It had been revoked already at 20");
  expect(JSON.parse((await run(["revoke", "--json"])).out)).toMatchObject({
    revoked: false,
    pair_id: pairId,
  });
  const after = await run(["wallets", "--json"]);
  expect(after.code).toBe(1);
  expect(JSON.parse(after.out)).toMatchObject({ error: { kind: "http", code: "pair_revoked", status: 403 } });
});

test("behavior: events waits for the revocation, and prints it", async () => {
  const { run, pair, emulator } = setUp();
  const pairId = await pair();
  const [people, program] = [run(["events"]), run(["events", "--json"])];
  await expect.poll(() => emulator.faults.calls("subscribeToEvents")).toBe(2);
  await emulator.appliance.revoke(pairId);
  expect(await people).toMatchObject({
    code: 0,
    out: expect.stringMatching(`^pair_revoked {2}${pairId} {2}20`),
  });
  expect(JSON.parse((await program).out).events).toMatchObject([{ kind: "pair_revoked", pair_id: pairId }]);
});

test("behavior: an interruption ends events with 130", async () => {
  const { run, pair, emulator } = setUp();
  await pair();
  const interruption = new AbortController();
  const waiting = run(["events", "--json"], { signal: interruption.signal });
  await expect.poll(() => emulator.faults.calls("subscribeToEvents")).toBe(1);
  interruption.abort("SIGTERM");
  const { code, out } = await waiting;
  expect(code).toBe(143);
  expect(JSON.parse(out).error.kind).toBe("interrupted");
});

test("behavior: a time that no date has is told as it came", async () => {
  const { run, pair, emulator } = setUp();
  await pair();
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await emulator.fetch(input, init);
    const text = (await response.text()).replace(/"revoked_at_ms":\d+/, '"revoked_at_ms":8900000000000000');
    return new Response(text, response);
  };
  const told = [await run(["revoke"], { fetch }), await run(["events"], { fetch })];
  for (const { code, out, err } of told) {
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("8900000000000000 ms");
  }
});
