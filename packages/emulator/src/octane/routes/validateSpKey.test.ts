import { describe, expect, test } from "vitest";
import { client, decode, firstEvm } from "../../../test/client.js";
import { verifyEd25519 } from "../../../test/webCrypto.js";
import { createEmulator } from "../../index.js";

const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
  status,
  body.error?.code,
];
const wrong = [403, "wrong_validation_code"];

describe("validateSpKey", () => {
  test("default", async () => {
    const sp = client(createEmulator());
    const pairId = await sp.pairPending();
    const { status, body } = await sp.validate(pairId);
    expect(status).toBe(200);
    const utf8 = new TextEncoder().encode("123456");
    expect(decode(body.device_public_key)).toHaveLength(32);
    expect(await verifyEd25519(body.signature, utf8, body.device_public_key)).toBe(true);
  });

  test("behavior: makes the pairing active", async () => {
    const sp = client(createEmulator());
    const pairId = await sp.pairPending();
    expect(codeOf(await sp.sign(firstEvm))).toEqual([403, "pair_pending"]);
    await sp.validate(pairId);
    expect((await sp.sign(firstEvm)).status).toBe(200);
  });

  test("behavior: three wrong codes in a row revoke the pairing", async () => {
    const sp = client(createEmulator());
    const pairId = await sp.pairPending();
    for (const _ of [1, 2, 3]) expect(codeOf(await sp.validate(pairId, "000000"))).toEqual(wrong);
    expect(codeOf(await sp.validate(pairId))).toEqual([403, "pair_revoked"]);
    expect((await sp.del(`/sp/pairings/${pairId}`)).body.revoked).toBe(false);
  });

  test("behavior: two wrong codes leave the right one a chance, after which none counts", async () => {
    const sp = client(createEmulator());
    const pairId = await sp.pairPending();
    for (const _ of [1, 2]) await sp.validate(pairId, "000000");
    const first = await sp.validate(pairId);
    for (const _ of [1, 2, 3, 4]) expect(codeOf(await sp.validate(pairId, "000000"))).toEqual(wrong);
    const again = await sp.validate(pairId);
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
    expect((await sp.sign(firstEvm)).status).toBe(200);
  });

  test("behavior: guesses at once are counted one by one", async () => {
    const sp = client(createEmulator());
    const pairId = await sp.pairPending();
    const guesses = await Promise.all(Array.from({ length: 10 }, () => sp.validate(pairId, "000000")));
    const evaluated = guesses.filter(({ body }) => body.error.code === "wrong_validation_code");
    expect(evaluated).toHaveLength(3);
  });

  test("behavior: an approval without a code never validates, and counts", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const { body } = await sp.session();
    await emulator.appliance.open(body.pair_uri);
    const { pair_id } = await sp.result(body.session_id);
    for (const _ of [1, 2, 3]) expect(codeOf(await sp.validate(pair_id))).toEqual(wrong);
    expect(codeOf(await sp.validate(pair_id))).toEqual([403, "pair_revoked"]);
  });

  test("behavior: another provider's guesses neither reach nor count", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const other = client(emulator, emulator.addSp());
    const pairId = await sp.pairPending();
    for (const _ of [1, 2, 3, 4]) {
      expect(codeOf(await other.validate(pairId, "000000"))).toEqual([404, "not_found"]);
    }
    expect((await sp.validate(pairId)).status).toBe(200);
  });

  test.each([
    ["pair_id", {}],
    ["code", { pair_id: "x", code: 123456 }],
    ["code", { pair_id: "x", code: "" }],
  ])("behavior: names %s", async (path, body) => {
    const answer = await client(createEmulator()).post("/sp/pair/validate", body);
    expect(codeOf(answer)).toEqual([400, "bad_request"]);
    expect(answer.body.error.message).toMatch(new RegExp(`^${path} must be`));
  });
});
