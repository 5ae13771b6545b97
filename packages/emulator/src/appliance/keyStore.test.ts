import { createHmac, createPrivateKey, createPublicKey, pbkdf2Sync } from "node:crypto";
import { base58 } from "@scure/base";
import { HDKey } from "micro-key-producer/slip10.js";
import { mnemonicToAccount, sign } from "viem/accounts";
import { describe, expect, test } from "vitest";
import { client, decode, digest, firstEvm } from "../../test/client.js";
import { createEmulator } from "../index.js";
import { chains } from "../link/chains.js";
import { evmAddress } from "./address.js";
import { defaultMnemonic, deriveKeys } from "./derive.js";

const anvilKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const other = "legal winner thank year wave sausage worth useful legal winner thank yellow";
const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/^0x/, ""), "hex"));

/** SLIP-10 for Ed25519 with nothing but Node's own cryptography. */
function slip10(seed: Buffer, path: readonly number[]): Buffer {
  const split = (node: Buffer) => ({ key: node.subarray(0, 32), chainCode: node.subarray(32) });
  let node = split(createHmac("sha512", "ed25519 seed").update(seed).digest());
  for (const index of path) {
    const child = Buffer.alloc(4);
    child.writeUInt32BE(index + 0x80000000);
    const data = Buffer.concat([Buffer.alloc(1), node.key, child]);
    node = split(createHmac("sha512", node.chainCode).update(data).digest());
  }
  return node.key;
}

/** The Solana address of a seed, by Node's own Ed25519. */
function addressOf(seed: Buffer): string {
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const key = createPublicKey(createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }));
  return base58.encode(Uint8Array.from(key.export({ format: "der", type: "spki" }).subarray(-32)));
}

describe("wallets", () => {
  test("default", () => {
    const wallets = createEmulator().appliance.wallets();
    expect(wallets).toHaveLength(16);
    const evm = ["0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"];
    for (const chain of chains.filter((name) => name !== "solana")) {
      const addresses = evm.map((address, wallet_index) => ({ chain, wallet_index, address }));
      expect(wallets.filter((wallet) => wallet.chain === chain)).toEqual(addresses);
    }
  });

  // Whichever test came before: more keys than are written down leave those as they are.
  test.each([2, 3])(
    "behavior: the first of %d keys of the default words, which are written down, are those that they give",
    (count) => {
      const { evm, solana } = deriveKeys(defaultMnemonic, count);
      const seed = pbkdf2Sync(defaultMnemonic, "mnemonic", 2048, 64, "sha512");
      for (const index of [0, 1]) {
        const account = mnemonicToAccount(defaultMnemonic, { addressIndex: index });
        expect(evm[index]).toEqual({ privateKey: account.getHdKey().privateKey, address: account.address });
        const key = slip10(seed, [44, 501, index, 0]);
        expect(solana[index]).toEqual({ privateKey: new Uint8Array(key), address: addressOf(key) });
      }
      expect(evm).toHaveLength(count);
      expect(solana).toHaveLength(count);
    },
  );

  test.each([defaultMnemonic, other])("parameters: mnemonic %.10s", (mnemonic) => {
    const wallets = createEmulator({ mnemonic, walletsPerChain: 4 }).appliance.wallets();
    const seed = pbkdf2Sync(mnemonic, "mnemonic", 2048, 64, "sha512");
    for (const index of [0, 1, 2, 3]) {
      const at = (chain: string) =>
        wallets.find((wallet) => wallet.chain === chain && wallet.wallet_index === index)?.address;
      expect(at("bnb")).toBe(mnemonicToAccount(mnemonic, { addressIndex: index }).address);
      expect(at("solana")).toBe(addressOf(slip10(seed, [44, 501, index, 0])));
    }
  });

  test("behavior: the derivation keeps to SLIP-10's own vector", () => {
    const node = HDKey.fromMasterSeed(bytesOf("000102030405060708090a0b0c0d0e0f")).derive("m/0'/1'");
    const expected = "b1d0bad404bf35da785a64ca1ac54b2617211d2777696fbffaf208f746ae84f2";
    expect(Buffer.from(node.privateKey).toString("hex")).toBe(expected);
    const seed = Buffer.from("000102030405060708090a0b0c0d0e0f", "hex");
    expect(slip10(seed, [0, 1]).toString("hex")).toBe(expected);
  });

  test.each([
    ["", "junk"],
    ["test ".repeat(12).trim(), "test"],
  ])("behavior: %j is refused, and not repeated", (mnemonic, word) => {
    const make = () => createEmulator({ mnemonic });
    expect(make).toThrow(TypeError);
    expect(make).not.toThrow(word);
  });
});

describe("importKey", () => {
  test("default", async () => {
    const emulator = createEmulator();
    const wallet = emulator.appliance.importKey({ chain: "ethereum", privateKey: `0x${"11".repeat(32)}` });
    const address = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A";
    expect(wallet).toEqual({ chain: "ethereum", wallet_index: 2, address });
    expect(emulator.appliance.wallets().filter((each) => each.address === address)).toHaveLength(7);
    const sp = client(emulator);
    await sp.pair();
    expect((await sp.sign(address)).status).toBe(200);
  });

  test.each([
    ["hex without 0x", anvilKey.slice(2)],
    ["upper-case hex", `0X${anvilKey.slice(2).toUpperCase()}`],
    ["bytes", bytesOf(anvilKey)],
  ])("parameters: %s; a key that is there keeps its index", (_, privateKey) => {
    const { appliance } = createEmulator();
    expect(appliance.importKey({ chain: "base", privateKey })).toEqual({
      chain: "base",
      wallet_index: 0,
      address: firstEvm,
    });
    expect(appliance.wallets()).toHaveLength(16);
  });

  test.each([32, 64])("parameters: a Solana key of %d bytes", async (length) => {
    const seed = Buffer.alloc(32, 9);
    const address = addressOf(seed);
    const file = Uint8Array.from([...seed, ...base58.decode(address)]).subarray(0, length);
    const wallet = createEmulator().appliance.importKey({ chain: "solana", privateKey: file });
    expect(wallet).toEqual({ chain: "solana", wallet_index: 2, address });
  });

  test("behavior: the bytes are copied", async () => {
    const emulator = createEmulator();
    const privateKey = bytesOf("22".repeat(32));
    const { address } = emulator.appliance.importKey({ chain: "base", privateKey });
    privateKey.fill(0);
    const sp = client(emulator);
    await sp.pair();
    expect(evmAddress(bytesOf("22".repeat(32)))).toBe(address);
    expect((await sp.sign(address)).status).toBe(200);
  });

  test.each([
    ["ethereum", "0x1234"],
    ["ethereum", "zz".repeat(32)],
    ["ethereum", "00".repeat(32)],
    ["ethereum", "ff".repeat(32)],
    ["solana", "ab".repeat(31)],
    ["solana", "ab".repeat(64)],
    ["solana", 7 as never],
  ] as const)("behavior: %s refuses %s without repeating it", (chain, privateKey) => {
    const { appliance } = createEmulator();
    const error = (() => {
      try {
        return appliance.importKey({ chain, privateKey });
      } catch (thrown) {
        return thrown as Error;
      }
    })();
    expect(error).toMatchObject({ name: "ApplianceError", code: "bad_key" });
    if (String(privateKey).length > 2) expect(String(error)).not.toContain(String(privateKey));
    expect(appliance.wallets()).toHaveLength(16);
  });

  test("behavior: an unknown chain is refused", () => {
    const { appliance } = createEmulator();
    expect(() => appliance.importKey({ chain: "doge" as never, privateKey: anvilKey })).toThrow(TypeError);
  });
});

describe("device signatures", () => {
  test("behavior: the very bytes another RFC 6979 implementation gives", async () => {
    const sp = client(createEmulator());
    await sp.pair();
    for (const byte of [0, 1, 2, 3, 255]) {
      const payload = new Uint8Array(32).fill(byte);
      const { r, s, yParity } = await sign({
        hash: `0x${Buffer.from(payload).toString("hex")}`,
        privateKey: anvilKey,
      });
      const expected = Uint8Array.of(...bytesOf(r), ...bytesOf(s), yParity as number);
      expect(decode((await sp.sign(firstEvm, payload)).body.device_signature)).toEqual(expected);
    }
    expect(digest).toHaveLength(32);
  });
});
