import {
  changingBytes,
  changingProxy,
  interleavings,
  type Settled,
  type Subject,
} from "@sigil/testing/interleavings";
import { figure, rounds } from "@sigil/testing/promises";
import { deviceSign } from "@sigil/testing/secp256k1Device";
import { parseTransaction, type TransactionSerializable } from "viem";
import { expect, test } from "vitest";
import { address, oracle } from "../test/appliance.js";
import { toSigilAccount } from "./toSigilAccount.js";

const to = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const key = `0x${"01".repeat(32)}` as const;

const is = (expected: Promise<unknown>) => async (settled: Settled) => {
  const value = await expected;
  return "value" in settled && JSON.stringify(settled.value, bigints) === JSON.stringify(value, bigints);
};
const bigints = (_: string, value: unknown): unknown => (typeof value === "bigint" ? `${value}n` : value);

const messages: readonly Subject[] = Object.entries(changingBytes).map(([name, wrap]) => ({
  name: `a message in ${name}`,
  make: (n) => {
    const raw = new TextEncoder().encode(`message ${n}`);
    const { view, change } = wrap(raw);
    return {
      call: (client) => toSigilAccount({ client, address }).signMessage({ message: { raw: view } }),
      change,
      check: is(oracle.signMessage({ message: { raw } })),
    };
  },
}));

const transactionOf = (n: number) => ({
  type: "eip1559" as const,
  chainId: 1,
  nonce: n,
  to: to as `0x${string}`,
  value: 1n,
  maxFeePerGas: 9n,
  accessList: [{ address: to as `0x${string}`, storageKeys: [key] as `0x${string}`[] }],
});

const typedDataOf = (n: number) => ({
  domain: { name: "app", chainId: 1 },
  types: { Mail: [{ name: "to", type: "Person" }], Person: [{ name: "id", type: "uint256" }] },
  primaryType: "Mail" as const,
  message: { to: { id: BigInt(n) } },
});

class Wrapped {
  #fields: Record<string, unknown>;
  constructor(fields: Record<string, unknown>) {
    this.#fields = fields;
  }
  get type() {
    return this.#fields.type;
  }
  get chainId() {
    return this.#fields.chainId;
  }
  get to() {
    return this.#fields.to;
  }
  get value() {
    return this.#fields.value;
  }
  set(fields: Record<string, unknown>): void {
    this.#fields = fields;
  }
}

const subjects: readonly Subject[] = [
  ...messages,
  {
    name: "a transaction's fields and lists",
    make: (n) => {
      const transaction = transactionOf(n);
      return {
        call: (client) => toSigilAccount({ client, address }).signTransaction(transaction),
        change: () => {
          transaction.value += 7n;
          transaction.accessList[0]?.storageKeys.push(key);
        },
        check: is(oracle.signTransaction(transactionOf(n))),
      };
    },
  },
  {
    name: "a transaction behind a Proxy",
    make: (n) => {
      const { proxy, change } = changingProxy(transactionOf(n), {
        ...transactionOf(n),
        to: address,
        value: 7n,
      });
      return {
        call: (client) =>
          toSigilAccount({ client, address }).signTransaction(proxy as TransactionSerializable),
        change,
        check: is(oracle.signTransaction(transactionOf(n))),
      };
    },
  },
  {
    name: "an instance with getters",
    make: (n) => {
      const fields = { type: "eip1559", chainId: 1, to, value: BigInt(n) };
      const wrapped = new Wrapped(fields);
      return {
        call: (client) => toSigilAccount({ client, address }).signTransaction(wrapped as never),
        change: () => wrapped.set({ ...fields, value: 7n, to: address }),
        check: is(oracle.signTransaction(fields as TransactionSerializable)),
      };
    },
  },
  {
    name: "a getter that answers differently each time",
    make: (n) => {
      let reads = 0n;
      let readAtCall = 0n;
      const transaction = {
        ...transactionOf(n),
        get value() {
          return reads++;
        },
      };
      return {
        call: (client) => {
          const promise = toSigilAccount({ client, address }).signTransaction(transaction);
          readAtCall = reads;
          return promise;
        },
        change: () => void transaction.value,
        check: async (settled) => {
          const serialized = (settled as { value: `0x${string}` }).value;
          const { value = 0n } = parseTransaction(serialized);
          const expected = await oracle.signTransaction({
            ...transactionOf(n),
            value,
          } as TransactionSerializable);
          return value < readAtCall && serialized === expected;
        },
      };
    },
  },
  {
    name: "typed data",
    make: (n) => {
      const typedData = typedDataOf(n);
      return {
        call: (client) => toSigilAccount({ client, address }).signTypedData(typedData),
        change: () => {
          typedData.message.to.id += 1n;
          typedData.domain.name += "!";
          typedData.types.Person.push({ name: "more", type: "bool" });
        },
        check: is(oracle.signTypedData(typedDataOf(n))),
      };
    },
  },
  {
    name: "typed data behind a Proxy",
    make: (n) => {
      const { proxy, change } = changingProxy(typedDataOf(n), typedDataOf(n + 1));
      return {
        call: (client) => toSigilAccount({ client, address }).signTypedData(proxy),
        change,
        check: is(oracle.signTypedData(typedDataOf(n))),
      };
    },
  },
  {
    name: "an authorization",
    make: (n) => {
      const authorization = { address: to as `0x${string}`, chainId: 1, nonce: n };
      const expected = oracle.signAuthorization({ ...authorization });
      return {
        call: (client) => toSigilAccount({ client, address }).signAuthorization(authorization),
        change: () => void Object.assign(authorization, { address, nonce: n + 1, chainId: 0 }),
        // viem's own has its fields in another order.
        check: async (settled) => {
          const value = (settled as { value: Record<string, unknown> }).value;
          const wanted = Object.entries(await expected);
          return wanted.every(([name, each]) => value[name] === each);
        },
      };
    },
  },
  {
    name: "a hash behind a Proxy",
    make: (n) => {
      const before = { hash: `0x${n.toString(16).padStart(64, "0")}` as const };
      const { proxy, change } = changingProxy<{ hash: `0x${string}` }>(before, { hash: key });
      return {
        call: (client) => toSigilAccount({ client, address }).sign(proxy),
        change,
        check: is(oracle.sign(before)),
      };
    },
  },
];

test("R25: what the caller changes after the call is not signed, in 500 interleavings, a quarter of them viem's", {
  timeout: 120_000,
}, async () => {
  const result = await interleavings(subjects, rounds(125), deviceSign);
  const { tried, moments, broken } = result;
  figure(
    "R25",
    `viem: ${tried} interleavings at ${moments.size} moments, ${broken.length} signed something else`,
  );
  expect(broken).toEqual([]);
});
