import { getAddress, hashMessage, verifyMessage } from "viem";
import { expect, test } from "vitest";
import { setUp } from "../../test/sigil.js";

const address = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

test("default: a message, which anybody can verify", async () => {
  const { run, pair, emulator } = setUp();
  await pair();
  const argv = ["sign", "--address", address, "--message", "hello", "--json"];
  const { code, out } = await run([...argv, "--octane-public-key", emulator.sp.octanePublicKey]);
  const { signature, verified, request_id } = JSON.parse(out);
  expect(code).toBe(0);
  expect(await verifyMessage({ address, message: "hello", signature })).toBe(true);
  expect(verified).toEqual({ device: true, sp: true, octane: true });
  expect(request_id).not.toBe("");
});

test("behavior: for people it says what was verified", async () => {
  const { run, pair } = setUp();
  await pair();
  const { out } = await run(["sign", "--address", address, "--message", "hello"]);
  expect(out).toMatch(/device +0x[0-9a-f]{130} +verified/);
  expect(out).toMatch(/octane +\S+ +not verified: give --octane-public-key/);
});

test("parameters: payload", async () => {
  const { run, pair } = setUp();
  await pair();
  const digest = hashMessage("hello");
  const bytes = Buffer.from(digest.slice(2), "hex").toString("base64url");
  const signatures = await Promise.all(
    [digest, bytes, `base64url:${bytes}`].map(async (payload) => {
      const { out } = await run(["sign", "--address", address, "--payload", payload, "--json"]);
      return JSON.parse(out).signature;
    }),
  );
  expect(new Set(signatures).size).toBe(1);
  expect(await verifyMessage({ address, message: "hello", signature: signatures[0] })).toBe(true);
});

test("behavior: what could be hexadecimal and base64url is refused, and so is what is neither", async () => {
  const { run } = setUp();
  const both = await run(["sign", "--address", address, "--payload", "ab".repeat(32)]);
  expect(both.code).toBe(2);
  expect(both.err).toContain("Write 0x before");
  for (const payload of ["0xabc", "a+b=", "0xzz"]) {
    expect((await run(["sign", "--address", address, "--payload", payload])).code, payload).toBe(2);
  }
  const none = await run(["sign", "--address", address]);
  expect(none.err).toContain("one of --payload and --message");
});

test("behavior: what is no address is refused here, and so is an algorithm that is not its own", async () => {
  const { run, emulator } = setUp();
  const solana = emulator.appliance.wallets().find(({ chain }) => chain === "solana")?.address ?? "";
  for (const each of ["0x123", "hello", `${address}0`, solana.slice(1)]) {
    const { code, err } = await run(["sign", "--address", each, "--message", "hello"]);
    expect(code, each).toBe(2);
    expect(err).toMatch(/--address is no address\.\n.*sigil wallets/);
  }
  for (const [each, algo] of [
    [address, "ed25519"],
    [solana, "secp256k1"],
  ] as const) {
    const { code, err } = await run(["sign", "--address", each, "--message", "hello", "--algo", algo]);
    expect(code, algo).toBe(2);
    expect(err).toMatch(/does not fit --address.*\nLeave --algo out/);
  }
  expect(emulator.traffic.list()).toEqual([]);
});

test("behavior: a Solana address takes the message itself", async () => {
  const { run, pair, emulator } = setUp();
  await pair("--chain", "solana");
  const solana = emulator.appliance.wallets().find(({ chain }) => chain === "solana")?.address ?? "";
  const { code, out } = await run(["sign", "--address", solana, "--message", "hello", "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(out).verified.device).toBe(true);
});

test("behavior: a device's signature by another key is not printed", async () => {
  const { run, pair, emulator } = setUp();
  await pair("--chain", "ethereum", "solana");
  emulator.faults.add({ route: "sign", fault: { kind: "wrongKey", party: "device" } });
  const solana = emulator.appliance.wallets().find(({ chain }) => chain === "solana")?.address ?? "";
  for (const each of [getAddress(address), solana]) {
    const { code, out } = await run(["sign", "--address", each, "--message", "hello", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { code: "signature_mismatch", party: "device" } });
  }
});

test("behavior: an interruption says the key under which the answer can be had", async () => {
  const { run, pair, emulator } = setUp({
    approval: ({ kind }) => (kind === "pair" ? "approve" : "wait"),
  });
  await pair();
  const interruption = new AbortController();
  const signing = run(["sign", "--address", address, "--message", "hello"], { signal: interruption.signal });
  await expect.poll(async () => (await emulator.appliance.requests()).length).toBe(1);
  interruption.abort("SIGINT");
  const { code, err } = await signing;
  expect(code).toBe(130);
  expect(err).toMatch(/--idempotency-key [0-9a-f-]{36}/);
});
