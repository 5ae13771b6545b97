import { runInNewContext } from "node:vm";
import {
  parseTransaction,
  recoverTransactionAddress,
  type TransactionSerializable,
  type TransactionSerializableEIP1559,
} from "viem";
import { parseTransaction as parseCelo, serializeTransaction as serializeCelo } from "viem/celo";
import { serializeTransaction as serializeOp } from "viem/op-stack";
import { serializeTransaction } from "viem/utils";
import { describe, expect, test, vi } from "vitest";
import { address, clientOf, oracle } from "../test/appliance.js";
import { SigilAccountError } from "./SigilAccountError.js";
import { toSigilAccount } from "./toSigilAccount.js";

const to = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const eip1559: TransactionSerializableEIP1559 = {
  type: "eip1559",
  chainId: 1,
  nonce: 3,
  to,
  value: 1n,
  maxFeePerGas: 9n,
};
const blobs = {
  chainId: 1,
  to,
  maxFeePerBlobGas: 1n,
  maxFeePerGas: 9n,
  blobVersionedHashes: [`0x01${"00".repeat(31)}`],
  sidecars: [{ blob: "0x01", commitment: `0x${"02".repeat(48)}`, proof: `0x${"03".repeat(48)}` }],
} as const;

const account = toSigilAccount({ client: clientOf().client, address });
const sign = (transaction: object, options?: object) =>
  account.signTransaction(transaction as TransactionSerializable, options as never);

describe("signTransaction", () => {
  test("default", async () => {
    const signed = await sign(eip1559);
    expect(await recoverTransactionAddress({ serializedTransaction: signed as never })).toBe(address);
    expect(signed).toBe(await oracle.signTransaction(eip1559));
  });

  test("behavior: a blob transaction without its type is signed without its sidecars, too", async () => {
    expect(await sign(blobs)).toBe(await oracle.signTransaction({ ...blobs, type: "eip4844" }));
  });

  test("behavior: a transaction that was signed before is signed anew, not over the old signature", async () => {
    for (const transaction of [
      eip1559,
      { ...eip1559, type: "eip2930", maxFeePerGas: undefined, gasPrice: 1n },
    ]) {
      const before = await oracle.signTransaction(transaction as TransactionSerializable);
      const parsed = parseTransaction(before) as TransactionSerializable;
      expect(await sign({ ...parsed, value: 2n })).toBe(
        await oracle.signTransaction({ ...transaction, value: 2n } as TransactionSerializable),
      );
    }
  });

  test("behavior: keys that wallet actions add change nothing", async () => {
    const extra = {
      account,
      chain: { id: 1 },
      from: address.toLowerCase(),
      nonceManager: undefined,
      kzg: undefined,
      gas: undefined,
    };
    expect(await sign({ ...eip1559, ...extra })).toBe(await oracle.signTransaction(eip1559));
  });

  test("behavior: a custom serializer is called twice, with the signature the second time", async () => {
    const serializer = vi.fn(async (...parameters: Parameters<typeof serializeTransaction>) =>
      serializeTransaction(...parameters),
    );
    expect(await sign(eip1559, { serializer })).toBe(await oracle.signTransaction(eip1559));
    expect(serializer.mock.calls.map(([, signature]) => signature)).toEqual([
      undefined,
      {
        r: expect.stringMatching(/^0x[0-9a-f]{64}$/),
        s: expect.stringMatching(/^0x[0-9a-f]{64}$/),
        v: expect.any(BigInt),
        yParity: expect.any(Number),
      },
    ]);
  });

  test("behavior: Celo's and the OP stack's serializers", async () => {
    const cip64 = { ...eip1559, type: "cip64", feeCurrency: to };
    const signed = await sign(cip64, { serializer: serializeCelo });
    expect(signed).toBe(await oracle.signTransaction(cip64 as never, { serializer: serializeCelo as never }));
    expect(parseCelo(signed as never)).toMatchObject({ type: "cip64", feeCurrency: to.toLowerCase() });
    expect(await sign(eip1559, { serializer: serializeOp })).toBe(await oracle.signTransaction(eip1559));
  });

  test("behavior: a serializer that rejects is reported with its error as cause", async () => {
    const cause = new Error("no such currency");
    const { client, asked } = clientOf();
    const serializer = (_: TransactionSerializable): Promise<never> => Promise.reject(cause);
    const failing = toSigilAccount({ client, address }).signTransaction(eip1559, { serializer });
    await expect(failing).rejects.toBeInstanceOf(SigilAccountError);
    await expect(failing).rejects.toMatchObject({ cause });
    expect(asked).toHaveLength(0);
  });

  test("behavior: an OP stack deposit, which nobody signs, is refused before the appliance is asked", async () => {
    const { client, asked } = clientOf();
    const deposit = { type: "deposit", from: address, sourceHash: `0x${"00".repeat(32)}` };
    const failing = toSigilAccount({ client, address }).signTransaction(deposit as never, {
      serializer: serializeOp as never,
    });
    await expect(failing).rejects.toThrow(/deposit/);
    expect(asked).toHaveLength(0);
  });

  test("behavior: what the caller changes while the user decides reaches nothing", async () => {
    const transaction = {
      ...eip1559,
      accessList: [{ address: to as typeof address, storageKeys: [`0x${"01".repeat(32)}` as const] }],
      data: "0x1234" as `0x${string}`,
    };
    const expected = await oracle.signTransaction(transaction);
    const { client } = clientOf();
    let release: () => void = () => {};
    const waiting = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow: typeof client = { sign: async (options) => waiting.then(() => client.sign(options)) };
    const signing = toSigilAccount({ client: slow, address }).signTransaction(transaction);
    transaction.accessList[0]?.storageKeys.push(`0x${"02".repeat(32)}`);
    transaction.accessList.push({ address, storageKeys: [] });
    transaction.data = "0xdead";
    transaction.to = address;
    release();
    expect(await signing).toBe(expected);
  });

  test("behavior: fields behind getters and prototypes are signed like any others", async () => {
    class Request {
      type = "eip1559";
      chainId = 1;
      get to() {
        return to;
      }
      get value() {
        return 10n ** 18n;
      }
      get maxFeePerGas() {
        return 9n;
      }
      describe() {
        return "no field";
      }
    }
    const plain = { type: "eip1559", chainId: 1, to, value: 10n ** 18n, maxFeePerGas: 9n } as const;
    const expected = await oracle.signTransaction(plain);
    expect(await sign(new Request())).toBe(expected);
    expect(
      await sign(
        Object.assign(Object.create({ to, value: 10n ** 18n }), {
          type: "eip1559",
          chainId: 1,
          maxFeePerGas: 9n,
        }),
      ),
    ).toBe(expected);
    expect(await sign(runInNewContext("plain => ({ ...plain })")(plain))).toBe(expected);
  });

  test("behavior: lists of class instances and of another realm are copied, too", async () => {
    class Entry {
      address = to;
      storageKeys = [`0x${"01".repeat(32)}`];
    }
    for (const entry of [new Entry(), runInNewContext("entry => ({ ...entry })")(new Entry())]) {
      const transaction = { ...eip1559, accessList: [entry] };
      const expected = await oracle.signTransaction(transaction as TransactionSerializable);
      const { client } = clientOf();
      const changing: typeof client = {
        sign: (options) => {
          entry.address = address;
          return client.sign(options);
        },
      };
      const ours = toSigilAccount({ client: changing, address });
      expect(await ours.signTransaction(transaction as TransactionSerializable)).toBe(expected);
    }
  });

  test("behavior: an authorization list makes it no blob transaction, sidecars alone make it one", async () => {
    const authorizationList = [await oracle.signAuthorization({ address, chainId: 1, nonce: 0 })];
    const both = {
      chainId: 1,
      to,
      maxFeePerGas: 9n,
      authorizationList,
      blobVersionedHashes: blobs.blobVersionedHashes,
    } as const;
    expect(await sign(both)).toBe(await oracle.signTransaction({ ...both, type: "eip7702" } as never));
    const { maxFeePerBlobGas: _, ...sidecars } = blobs;
    expect(await sign({ ...sidecars, maxFeePerBlobGas: undefined })).toBe(
      await oracle.signTransaction({ ...sidecars, type: "eip4844" } as never),
    );
  });

  test("behavior: the caller's own transaction is not touched", async () => {
    const frozen = Object.freeze({ ...blobs, type: "eip4844", accessList: Object.freeze([]) });
    const before = structuredClone(frozen);
    await sign(frozen);
    expect(frozen).toEqual(before);
  });

  test("behavior: viem's own complaints stay viem's", async () => {
    await expect(sign({})).rejects.toMatchObject({ name: "InvalidSerializableTransactionError" });
    await expect(sign({ ...eip1559, chainId: 0 })).rejects.toMatchObject({ name: "InvalidChainIdError" });
  });
});
