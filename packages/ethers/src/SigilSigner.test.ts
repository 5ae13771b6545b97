import { forms } from "@sigil/testing/secp256k1Device";
import {
  AbstractProvider,
  AbstractSigner,
  type Addressable,
  getAddress,
  Network,
  NonceManager,
  Signature,
  Transaction,
  type TransactionRequest,
  verifyMessage,
} from "ethers";
import { describe, expect, test, vi } from "vitest";
import { address, clientOf, oracle } from "../test/appliance.js";
import { SigilSigner } from "./SigilSigner.js";

const to = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const eip1559 = {
  type: 2,
  chainId: 1,
  nonce: 3,
  to,
  value: 1n,
  maxFeePerGas: 9n,
  maxPriorityFeePerGas: 1n,
  gasLimit: 21000n,
};

/** Knows one name and nothing else. */
class NameProvider extends AbstractProvider {
  constructor() {
    super(1);
  }
  override async _detectNetwork(): Promise<Network> {
    return Network.from(1);
  }
  override async resolveName(name: string): Promise<null | string> {
    return name === "alice.eth" ? to : null;
  }
}

const signerOf = (
  options: Partial<ConstructorParameters<typeof SigilSigner>[0]> = {},
  provider?: NameProvider,
) => new SigilSigner({ client: clientOf().client, address, ...options }, provider ?? null);

describe("SigilSigner", () => {
  test("default", async () => {
    const signer = signerOf();
    expect(signer).toBeInstanceOf(AbstractSigner);
    expect([signer.address, await signer.getAddress(), signer.provider]).toEqual([address, address, null]);
    expect(verifyMessage("hello", await signer.signMessage("hello"))).toBe(address);
  });

  test("behavior: address is checksummed and read-only", () => {
    const signer = signerOf({ address: address.toLowerCase() });
    expect(signer.address).toBe(getAddress(address));
    expect(() => Object.assign(signer, { address: to })).toThrow(TypeError);
    expect(signer.address).toBe(address);
  });

  test("parameters: connect keeps wallet, pair and chain, on a provider or none", async () => {
    const { client, asked } = clientOf();
    const signer = new SigilSigner({ client, address, pairId: "p-1", chain: "base" });
    const provider = new NameProvider();
    const connected = signer.connect(provider);
    expect(connected).not.toBe(signer);
    expect([connected.provider, connected.address]).toEqual([provider, address]);
    const disconnected = connected.connect(null);
    expect(disconnected.provider).toBeNull();
    await disconnected.signMessage("hello");
    expect(asked).toMatchObject([{ pairId: "p-1", chain: "base", algo: "secp256k1", address }]);
  });

  test("behavior: each method asks once", async () => {
    const { client, asked } = clientOf();
    const signer = signerOf({ client });
    await signer.signMessage("hello");
    await signer.signTransaction(eip1559);
    await signer.signTypedData({}, { A: [{ name: "a", type: "uint8" }] }, { a: 1 });
    await signer.authorize({ address: to, chainId: 0, nonce: 0 });
    expect(asked).toHaveLength(4);
  });

  test("behavior: no options at all are refused", () => {
    expect(() => new SigilSigner(undefined as never)).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT" }),
    );
  });

  test.each([undefined, null, {}, { sign: 7 }])("behavior: client %j is refused", (client) => {
    expect(() => signerOf({ client: client as never })).toThrow(/AstrotrainClient/);
  });

  test.each(["0x1234", "alice.eth", "", undefined, `${address.slice(0, -1)}0`])(
    "behavior: address %j is refused",
    (bad) => {
      expect(() => signerOf({ address: bad as never })).toThrow(
        expect.objectContaining({ code: "INVALID_ARGUMENT" }),
      );
    },
  );
});

describe("signTransaction", () => {
  test("behavior: a Transaction instance", async () => {
    expect(await signerOf().signTransaction(Transaction.from(eip1559))).toBe(
      await oracle.signTransaction(eip1559),
    );
  });

  test("behavior: to and from as name, promise and Addressable", async () => {
    const expected = await oracle.signTransaction(eip1559);
    const signer = signerOf({}, new NameProvider());
    const addressable: Addressable = { getAddress: async () => to };
    for (const each of ["alice.eth", Promise.resolve(to), addressable]) {
      expect(await signer.signTransaction({ ...eip1559, to: each })).toBe(expected);
    }
    for (const from of [address, address.toLowerCase(), Promise.resolve(address), signer]) {
      expect(await signer.signTransaction({ ...eip1559, from })).toBe(expected);
    }
  });

  test("behavior: promises that reject leave nothing unhandled", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const late = new Promise<string>((resolve) => setTimeout(() => resolve(to), 20));
    for (const each of [Promise.reject(new Error("to")), late]) {
      const failing = signerOf().signTransaction({
        ...eip1559,
        to: each,
        from: Promise.reject(new Error("from")),
      });
      await expect(failing).rejects.toBeDefined();
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test("behavior: someone else's from is refused before the appliance is asked", async () => {
    const { client, asked } = clientOf();
    await expect(signerOf({ client }).signTransaction({ ...eip1559, from: to })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      shortMessage: "transaction from address mismatch",
    });
    expect(asked).toHaveLength(0);
  });

  test("behavior: a name without a provider", async () => {
    await expect(signerOf().signTransaction({ ...eip1559, to: "alice.eth" })).rejects.toMatchObject({
      code: "UNSUPPORTED_OPERATION",
      operation: "resolveName",
    });
  });

  test("behavior: the request is not changed, not even while the user decides", async () => {
    const request = {
      ...eip1559,
      from: address,
      accessList: [{ address: to, storageKeys: [`0x${"01".repeat(32)}`] }],
    };
    const frozen = Object.freeze({
      ...request,
      accessList: Object.freeze(request.accessList.map((each) => Object.freeze(each))),
    });
    const expected = await oracle.signTransaction(request);
    expect(await signerOf().signTransaction(frozen as unknown as TransactionRequest)).toBe(expected);
    const { client } = clientOf();
    let release: (() => void) | undefined;
    const slow: typeof client = {
      sign: (options) =>
        new Promise((resolve) => {
          release = () => resolve(client.sign(options));
        }),
    };
    const signing = signerOf({ client: slow }).signTransaction(request);
    request.accessList[0]?.storageKeys.push(`0x${"02".repeat(32)}`);
    request.value = 7n;
    await vi.waitUntil(() => release !== undefined);
    release?.();
    expect(await signing).toBe(expected);
  });

  test("behavior: an authorization changed while a name is resolved is signed as it was", async () => {
    const authorization = await oracle.authorize({ address: to, chainId: 1, nonce: 0 });
    const request = { ...eip1559, type: 4, to: "alice.eth", authorizationList: [{ ...authorization }] };
    const expected = await oracle.signTransaction({ ...request, to });
    const signing = signerOf({}, new NameProvider()).signTransaction(request);
    Object.assign(request.authorizationList[0] ?? {}, { nonce: 9n });
    expect(await signing).toBe(expected);
  });
});

describe("signTypedData", () => {
  const types = { Mail: [{ name: "to", type: "address" }] };

  test("behavior: ENS names are resolved, in the domain as in the value", async () => {
    const signer = signerOf({}, new NameProvider());
    const domain = { verifyingContract: "alice.eth" };
    expect(await signer.signTypedData(domain, types, { to: "alice.eth" })).toBe(
      await oracle.signTypedData({ verifyingContract: to }, types, { to }),
    );
  });

  test("behavior: names without a provider, and unknown names", async () => {
    await expect(signerOf().signTypedData({}, types, { to: "alice.eth" })).rejects.toMatchObject({
      code: "UNSUPPORTED_OPERATION",
      info: { name: "alice.eth" },
    });
    const signer = signerOf({}, new NameProvider());
    await expect(signer.signTypedData({}, types, { to: "bob.eth" })).rejects.toMatchObject({
      code: "UNCONFIGURED_NAME",
    });
  });

  test("behavior: a class instance changed after the call was signed as it was", async () => {
    const bytes = { Data: [{ name: "b", type: "bytes32" }] };
    class Data {
      b = new Uint8Array(32);
    }
    const value = new Data();
    const signing = signerOf().signTypedData({}, bytes, value);
    value.b.fill(1);
    expect(await signing).toBe(await oracle.signTypedData({}, bytes, new Data()));
  });

  test("behavior: a value changed after the call was signed as it was", async () => {
    const value = { to };
    const signing = signerOf().signTypedData({}, types, value);
    value.to = address;
    expect(await signing).toBe(await oracle.signTypedData({}, types, { to }));
  });
});

describe("authorize", () => {
  test("behavior: nonce 0 and chainId 0 are meant, and need no provider", async () => {
    const authorization = await signerOf().authorize({ address: to, chainId: 0, nonce: 0 });
    expect(authorization).toEqual(await oracle.authorize({ address: to, chainId: 0, nonce: 0 }));
    expect(authorization).toMatchObject({ address: to, chainId: 0n, nonce: 0n });
    expect(authorization.signature).toBeInstanceOf(Signature);
  });

  test.each(["", false, [], 1.5, "x", -1])(
    "behavior: %j is neither chainId nor nonce, as for Wallet",
    async (bad) => {
      const { client, asked } = clientOf();
      for (const wrong of [
        { chainId: bad, nonce: 0 },
        { chainId: 1, nonce: bad },
      ]) {
        const request = { address: to, ...wrong } as never;
        const failing = signerOf({ client }).authorize(request);
        await expect(failing).rejects.toMatchObject({
          code: expect.stringMatching(/INVALID_ARGUMENT|NUMERIC_FAULT/),
        });
        await expect(oracle.authorize(request)).rejects.toThrow();
      }
      expect(asked).toHaveLength(0);
    },
  );

  test("behavior: a request that changes after the call was signed as it was", async () => {
    class Request {
      address = "alice.eth";
      chainId = 1;
      nonce = 1;
    }
    const request = new Request();
    const signing = signerOf({}, new NameProvider()).authorize(request);
    Object.assign(request, { nonce: 2, chainId: 0 });
    expect(await signing).toMatchObject({ chainId: 1n, nonce: 1n });
  });

  test("behavior: what is missing needs a provider", async () => {
    await expect(signerOf().authorize({ address: to })).rejects.toMatchObject({
      code: "UNSUPPORTED_OPERATION",
    });
  });

  test("behavior: the address may be a name", async () => {
    const authorization = await signerOf({}, new NameProvider()).authorize({
      address: "alice.eth",
      chainId: 1,
      nonce: 1,
    });
    expect(authorization.address).toBe(to);
  });
});

test("behavior: NonceManager signs through it", async () => {
  expect(await new NonceManager(signerOf()).signMessage("hello")).toBe(await oracle.signMessage("hello"));
});

test("behavior: every form of a device's answer gives the same bytes", async () => {
  for (const form of forms) {
    expect(await signerOf({ client: clientOf(form).client }).signTransaction(eip1559)).toBe(
      await oracle.signTransaction(eip1559),
    );
  }
});

describe("fromWallets", () => {
  const entry = { chain: "ethereum", wallet_index: 0, address, read: true, sign: true };
  const entries = [
    { ...entry, chain: "solana", address: "oeYf6KAJkLYhBuR8CiGc6L4D4Xtfepr85fuDgA9kq96" },
    { ...entry, chain: "base", address: to },
    { ...entry, sign: false },
    entry,
  ];

  test("default: one for each EVM entry that may sign, in order, bound to its chain", async () => {
    const { client, asked } = clientOf();
    const provider = new NameProvider();
    const signers = SigilSigner.fromWallets({ client, entries, pairId: "p-1" }, provider);
    expect(signers.map((signer) => [signer.address, signer.provider])).toEqual([
      [to, provider],
      [address, provider],
    ]);
    await signers[1]?.signMessage("hello");
    expect(asked).toMatchObject([{ pairId: "p-1", chain: "ethereum", address }]);
  });

  test("behavior: a recoverPublicKey that is no function is refused, from the constructor too", () => {
    const { client } = clientOf();
    const recoverPublicKey = { recover: "a secret" } as never;
    const expected = expect.objectContaining({
      code: "INVALID_ARGUMENT",
      argument: "recoverPublicKey",
      message: expect.not.stringContaining("a secret"),
    });
    expect(() => new SigilSigner({ client, address, recoverPublicKey })).toThrow(expected);
    expect(() => SigilSigner.fromWallets({ client, entries, recoverPublicKey })).toThrow(expected);
  });

  test.each(["requireFreshnes", "requireFRESHNESS", "pairID"])(
    "behavior: %s is refused, from the constructor too",
    (field) => {
      const { client } = clientOf();
      const expected = expect.objectContaining({
        code: "INVALID_ARGUMENT",
        argument: field,
        message: expect.not.stringContaining("a secret"),
        cause: expect.objectContaining({ name: "ConfigError", field }),
      });
      expect(() => new SigilSigner({ client, address, [field]: "a secret" })).toThrow(expected);
      expect(() => SigilSigner.fromWallets({ client, entries, [field]: "a secret" })).toThrow(expected);
      const larger = { client, address, user: "ada" };
      expect(new SigilSigner(larger).connect(null).address).toBe(address);
    },
  );

  test("behavior: entries that are none are refused", () => {
    const { client } = clientOf();
    for (const wrong of [{ client, entries: { entries } }, { client: {}, entries: [] }, undefined]) {
      expect(() => SigilSigner.fromWallets(wrong as never)).toThrow(
        expect.objectContaining({
          code: "INVALID_ARGUMENT",
          cause: expect.objectContaining({ name: "ConfigError" }),
        }),
      );
    }
  });
});
