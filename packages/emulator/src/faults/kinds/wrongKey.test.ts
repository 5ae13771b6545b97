import { secp256k1 } from "@noble/curves/secp256k1.js";
import { describe, expect, test } from "vitest";
import { decode, digest, encode, firstEvm, signBody } from "../../../test/client.js";
import { start, ways } from "../../../test/overBoth.js";
import { verifyEd25519 } from "../../../test/webCrypto.js";

const parties = ["device", "octane", "sp"] as const;

describe.each(ways)("over %s", (way) => {
  test.each(parties)("parameters: another key for %s, and for nobody else", async (party) => {
    const { emulator, sp } = await start(way);
    await sp.pair();
    const straight = await sp.sign(firstEvm);
    emulator.faults.add({ route: "sign", fault: { kind: "wrongKey", party } });
    const spoilt = await sp.sign(firstEvm);
    expect(spoilt.status).toBe(200);
    const changed = parties.filter(
      (each) => straight.body[`${each}_signature`] !== spoilt.body[`${each}_signature`],
    );
    expect(changed).toEqual([party]);
    expect(spoilt.body.device_signature).toHaveLength(straight.body.device_signature.length);
  });

  test("behavior: it is a right signature over the same bytes, by somebody else", async () => {
    const { emulator, sp } = await start(way);
    await sp.pair();
    emulator.faults.add({ route: "sign", calls: [1], fault: { kind: "wrongKey", party: "device" } });
    emulator.faults.add({ route: "sign", fault: { kind: "wrongKey", party: "octane" } });
    const wire = decode((await sp.sign(firstEvm)).body.device_signature);
    const recovered = Uint8Array.of(wire[64]!, ...wire.subarray(0, 64));
    expect(() => secp256k1.recoverPublicKey(recovered, digest, { prehash: false })).not.toThrow();
    const { body } = await sp.sign(firstEvm);
    const envelope = Uint8Array.of(...digest, ...new TextEncoder().encode(firstEvm));
    expect(await verifyEd25519(body.octane_signature, envelope, emulator.sp.octanePublicKey)).toBe(false);
  });

  test("parameters: solana, and the identity that answers codes", async () => {
    const { emulator, sp } = await start(way);
    const pairId = await sp.pair();
    const address = emulator.appliance.wallets().find(({ chain }) => chain === "solana")!.address;
    emulator.faults.add({ route: "*", fault: { kind: "wrongKey", party: "device" } });
    const { status, body } = await sp.sign(address);
    expect([status, decode(body.device_signature).length]).toEqual([200, 64]);
    const answer = (await sp.validate(pairId)).body;
    const code = new TextEncoder().encode("123456");
    expect(await verifyEd25519(answer.signature, code, answer.device_public_key)).toBe(false);
    expect(await sp.get(`/sp/pairings/${pairId}/wallets`)).toMatchObject({ status: 200 });
  });

  test("behavior: a refusal stays one", async () => {
    const { emulator, sp } = await start(way);
    await sp.pair();
    emulator.faults.add({ route: "sign", fault: { kind: "wrongKey", party: "sp" } });
    const body = { ...signBody(emulator.sp, firstEvm, digest), sp_signature: encode(new Uint8Array(64)) };
    expect((await sp.post("/sp/sign", body)).body.error.code).toBe("bad_sp_signature");
  });
});
