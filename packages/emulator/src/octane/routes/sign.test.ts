import { recoverAddress, toHex } from "viem";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  client,
  decode,
  digest,
  encode,
  firstEvm,
  secondEvm,
  signBody,
  until,
} from "../../../test/client.js";
import { verifyEd25519 } from "../../../test/webCrypto.js";
import { createEmulator, type Emulator } from "../../index.js";

const solanaOf = (emulator: Emulator): string =>
  emulator.appliance.wallets().find(({ chain }) => chain === "solana")?.address ?? "";
const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
  status,
  body.error?.code,
];
const envelope = (payload: Uint8Array, address: string) =>
  Uint8Array.of(...payload, ...new TextEncoder().encode(address));
const message = new TextEncoder().encode("a Solana message of any length");

afterEach(() => {
  vi.useRealTimers();
});

describe("sign", () => {
  test("default", async () => {
    const now = Date.UTC(2030, 0, 1);
    const emulator = createEmulator({ now: () => now });
    const sp = client(emulator);
    await sp.pair();
    const { status, headers, body } = await sp.sign(firstEvm);
    expect(status).toBe(200);
    expect(body).toEqual({
      device_signature: expect.stringMatching(/^[\w-]{87}$/),
      octane_signature: expect.stringMatching(/^[\w-]{86}$/),
      sp_signature: (signBody(emulator.sp, firstEvm, digest) as { sp_signature: string }).sp_signature,
      request_id: headers.get("x-request-id"),
      signed_at: "2030-01-01T00:00:00.000Z",
    });
  });

  test("behavior: the device's signature recovers to the address; r‖s‖v, low s, v of 0 or 1", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    await sp.pair();
    const seen = new Set<number>();
    for (let byte = 0; byte < 16; byte += 1) {
      const payload = new Uint8Array(32).fill(byte);
      const signature = decode((await sp.sign(firstEvm, payload)).body.device_signature);
      const [r, s] = [toHex(signature.slice(0, 32)), toHex(signature.slice(32, 64))];
      const yParity = signature[64] as number;
      seen.add(yParity);
      expect(BigInt(s) <= 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n).toBe(true);
      expect(await recoverAddress({ hash: toHex(payload), signature: { r, s, yParity } })).toBe(firstEvm);
    }
    expect([...seen].sort()).toEqual([0, 1]);
  });

  test.each([
    ["a message", message],
    ["an empty payload", new Uint8Array()],
  ])("parameters: Solana, %s", async (_, payload) => {
    const emulator = createEmulator();
    const sp = client(emulator);
    await sp.pair();
    const address = solanaOf(emulator);
    const { status, body } = await sp.sign(address, payload);
    expect(status).toBe(200);
    const { base58 } = await import("@scure/base");
    expect(decode(body.device_signature)).toHaveLength(64);
    expect(await verifyEd25519(body.device_signature, payload, encode(base58.decode(address)))).toBe(true);
  });

  test("behavior: octane's and the provider's signatures cover payload and address", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    await sp.pair();
    const { body } = await sp.sign(firstEvm);
    const bytes = envelope(digest, firstEvm);
    expect(await verifyEd25519(body.octane_signature, bytes, emulator.sp.octanePublicKey)).toBe(true);
    expect(await verifyEd25519(body.sp_signature, bytes, emulator.sp.publicKey)).toBe(true);
  });

  test("behavior: the same signatures each time, also from another emulator's device", async () => {
    const [one, two] = [createEmulator(), createEmulator()];
    const signatures = [];
    for (const emulator of [one, one, two]) {
      const sp = client(emulator);
      const pair_id = await sp.pair();
      for (const address of [firstEvm, solanaOf(emulator)]) {
        signatures.push((await sp.sign(address, digest, { pair_id })).body.device_signature);
      }
    }
    expect(new Set(signatures).size).toBe(2);
  });

  test("behavior: an EVM address is found whatever its case, and signed as it was sent", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    await sp.pair();
    for (const address of [firstEvm.toLowerCase(), `0x${firstEvm.slice(2).toUpperCase()}`]) {
      const { status, body } = await sp.sign(address);
      expect(status).toBe(200);
      const covers = (cased: string) =>
        verifyEd25519(body.octane_signature, envelope(digest, cased), emulator.sp.octanePublicKey);
      expect([await covers(address), await covers(firstEvm)]).toEqual([true, false]);
    }
    const recased = { address: firstEvm.toLowerCase() };
    expect(codeOf(await sp.sign(firstEvm, digest, recased))).toEqual([403, "bad_sp_signature"]);
  });

  test.each([
    ["address", { address: "" }],
    ["payload", { payload: "AA==" }],
    ["payload", { payload: "AB" }],
    ["payload", { payload: "A+" }],
    ["payload", { payload: " AA" }],
    ["payload", { payload: [7] }],
    ["algo", { algo: "ecdsa" }],
    ["algo", { algo: "ed25519" }],
    ["algo", { chain: "solana" }],
    ["sp_signature", { sp_signature: "AAAA" }],
    ["sp_signature", { sp_signature: null }],
    ["pair_id", { pair_id: 7 }],
    ["chain", { chain: 1 }],
  ])("behavior: names %s in %j", async (path, more) => {
    const { status, body } = await client(createEmulator()).sign(firstEvm, digest, more);
    expect([status, body.error.code]).toEqual([400, "bad_request"]);
    expect(body.error.message.startsWith(`${path} must be`)).toBe(true);
  });

  test("behavior: a Solana address signs with no other algorithm", async () => {
    const emulator = createEmulator();
    const { body } = await client(emulator).sign(solanaOf(emulator), digest, { algo: "secp256k1" });
    expect(body.error.message).toBe('algo must be "ed25519" for this address.');
  });

  test.each([0, 31, 33, 64])("parameters: a secp256k1 payload of %d bytes", async (length) => {
    const answer = await client(createEmulator()).sign(firstEvm, new Uint8Array(length));
    expect(codeOf(answer)).toEqual([400, "payload_length"]);
  });

  test("behavior: one flipped bit in signature, payload or address is refused", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    await sp.pair();
    const { sp_signature } = signBody(emulator.sp, firstEvm, digest) as { sp_signature: string };
    const signature = decode(sp_signature);
    signature[5] = (signature[5] ?? 0) ^ 1;
    const flipped = [
      { sp_signature: encode(signature) },
      { payload: encode(digest.map((byte) => byte ^ 1)) },
    ];
    for (const more of flipped) {
      expect(codeOf(await sp.sign(firstEvm, digest, more))).toEqual([403, "bad_sp_signature"]);
    }
    const other = signBody(emulator.addSp(), firstEvm, digest);
    expect(codeOf(await sp.post("/sp/sign", other))).toEqual([403, "bad_sp_signature"]);
  });
});

describe("scopes", () => {
  const granted = (scopes: object[]) => ({ scopes });

  test("behavior: only what was granted for signing, on the chain it was granted for", async () => {
    const emulator = createEmulator({
      approval: (request) => (request.kind === "pair" ? "wait" : "approve"),
    });
    const sp = client(emulator);
    await sp.pair(
      {},
      granted([
        { chain: "ethereum", access: "sign", wallet_index: 0 },
        { chain: "polygon", access: "read" },
        { chain: "solana", access: "read" },
      ]),
    );
    expect((await sp.sign(firstEvm)).status).toBe(200);
    expect((await sp.sign(firstEvm, digest, { chain: "ethereum" })).status).toBe(200);
    const denied = [403, "scope_denied"];
    expect(codeOf(await sp.sign(firstEvm, digest, { chain: "polygon" }))).toEqual(denied);
    expect(codeOf(await sp.sign(firstEvm, digest, { chain: "base" }))).toEqual(denied);
    expect(codeOf(await sp.sign(secondEvm))).toEqual(denied);
    expect(codeOf(await sp.sign(solanaOf(emulator), message))).toEqual(denied);
  });

  test("behavior: a key imported after pairing is out of scope until the next pairing", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const before = await sp.pair();
    const { address } = emulator.appliance.importKey({ chain: "base", privateKey: `0x${"11".repeat(32)}` });
    expect(codeOf(await sp.sign(address))).toEqual([403, "scope_denied"]);
    expect(codeOf(await sp.sign(address, digest, { pair_id: before }))).toEqual([403, "scope_denied"]);
    await sp.pair();
    expect((await sp.sign(address)).status).toBe(200);
  });

  test("behavior: an address nobody holds, and one of a device it is not paired with, are not found", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const notFound = [404, "not_found"];
    expect(codeOf(await sp.sign(firstEvm))).toEqual(notFound);
    const pair_id = await sp.pair();
    const nobodys = "0x0000000000000000000000000000000000000001";
    expect(codeOf(await sp.sign(nobodys))).toEqual(notFound);
    expect(codeOf(await sp.sign(nobodys, digest, { pair_id }))).toEqual(notFound);
    expect(codeOf(await sp.sign("ada", message))).toEqual(notFound);
    const other = client(emulator, emulator.addSp());
    expect(codeOf(await other.sign(firstEvm))).toEqual(notFound);
    expect(codeOf(await other.sign(firstEvm, digest, { pair_id }))).toEqual(notFound);
  });

  test("behavior: two active pairings need pair_id; pending and revoked ones do not count", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const first = await sp.pair();
    await sp.pairPending();
    expect((await sp.sign(firstEvm)).status).toBe(200);
    const second = await sp.pair();
    expect(codeOf(await sp.sign(firstEvm))).toEqual([400, "pair_id_required"]);
    for (const pair_id of [first, second]) {
      expect((await sp.sign(firstEvm, digest, { pair_id })).status).toBe(200);
    }
    await emulator.appliance.revoke(first);
    expect((await sp.sign(firstEvm)).status).toBe(200);
    await emulator.appliance.revoke(second);
    expect(codeOf(await sp.sign(firstEvm))).toEqual([403, "pair_pending"]);
  });
});

describe("the user", () => {
  const waiting = async () => {
    const emulator = createEmulator({ approval: "manual", userTimeoutMs: 60_000 });
    const sp = client(emulator);
    const pairId = await sp.pair();
    const controller = new AbortController();
    const answer = sp.sign(firstEvm, digest, {}, { signal: controller.signal });
    answer.catch(() => {});
    const [request] = await until(async () => {
      const list = await emulator.appliance.requests();
      return list.length > 0 ? list : undefined;
    });
    if (request === undefined) throw new Error("no request");
    return { emulator, sp, pairId, controller, answer, request };
  };

  test("default", async () => {
    const { emulator, pairId, request, answer } = await waiting();
    expect(request).toMatchObject({
      pair_id: pairId,
      sp: { name: "Test service provider", public_key: emulator.sp.publicKey },
      sp_user_ref: "ada",
      address: firstEvm,
      algo: "secp256k1",
      payload: encode(digest),
    });
    await request.approve();
    const { status, body } = await answer;
    expect([status, body.request_id]).toEqual([200, request.request_id]);
    expect(await emulator.appliance.requests()).toEqual([]);
    await expect(request.approve()).rejects.toMatchObject({ code: "request_over" });
  });

  test("behavior: a refusal is 403 with the reason, and final", async () => {
    const { request, answer } = await waiting();
    await request.reject("too much");
    const { status, body } = await answer;
    expect([status, body.error.code]).toEqual([403, "user_rejected"]);
    expect(body.error.message).toContain("too much");
    await expect(request.approve()).rejects.toMatchObject({ code: "request_over" });
  });

  test("behavior: a pairing revoked meanwhile ends the wait, and no signature leaves", async () => {
    const { emulator, pairId, request, answer } = await waiting();
    await emulator.appliance.revoke(pairId);
    expect(codeOf(await answer)).toEqual([403, "pair_revoked"]);
    await expect(request.approve()).rejects.toMatchObject({ code: "request_over" });
    expect(await emulator.appliance.requests()).toEqual([]);
  });

  test("behavior: revoked by the provider in the same breath as the approval", async () => {
    const { sp, pairId, request, answer } = await waiting();
    const approved = request.approve();
    await Promise.all([approved, sp.del(`/sp/pairings/${pairId}`)]);
    expect([200, 403]).toContain((await answer).status);
    expect(codeOf(await sp.sign(firstEvm))).toEqual([403, "pair_revoked"]);
  });

  test("behavior: a caller that leaves does not take its request along, with a key or without", async () => {
    const { emulator, controller, answer, request } = await waiting();
    const reason = new Error("gone");
    controller.abort(reason);
    await expect(answer).rejects.toBe(reason);
    expect(await emulator.appliance.requests()).toHaveLength(1);
    await request.approve();
    expect(await emulator.appliance.requests()).toEqual([]);
  });

  test("behavior: no decision in time is 408, and the owner is asked no longer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    await sp.pair();
    const answer = sp.sign(firstEvm);
    // The platform verifies on a thread of its own, in real time.
    while ((await emulator.appliance.requests()).length === 0) await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(279_999);
    const [request] = await emulator.appliance.requests();
    expect(request?.address).toBe(firstEvm);
    await vi.advanceTimersByTimeAsync(1);
    expect(codeOf(await answer)).toEqual([408, "user_timeout"]);
    expect(await emulator.appliance.requests()).toEqual([]);
    await expect(request?.approve()).rejects.toMatchObject({ code: "request_over" });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("behavior: no timer is left after an answer", async () => {
    vi.useFakeTimers();
    const sp = client(createEmulator());
    await sp.pair();
    await sp.sign(firstEvm);
    expect(vi.getTimerCount()).toBe(0);
  });
});
