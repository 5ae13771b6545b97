import {
  changingBytes,
  changingProxy,
  interleavings,
  type Settled,
  type Subject,
} from "@sigil/testing/interleavings";
import { figure, rounds } from "@sigil/testing/promises";
import { deviceSign } from "@sigil/testing/secp256k1Device";
import { Transaction, type TransactionRequest } from "ethers";
import { expect, test } from "vitest";
import { address, oracle } from "../test/appliance.js";
import { SigilSigner } from "./SigilSigner.js";

const to = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const key = `0x${"01".repeat(32)}`;

const is = (expected: Promise<unknown>) => async (settled: Settled) => {
  const value = await expected;
  return "value" in settled && settled.value === value;
};

const messages: readonly Subject[] = Object.entries(changingBytes).flatMap(([name, wrap]) => [
  {
    name: `a message in ${name}`,
    make: (n: number) => {
      const bytes = new TextEncoder().encode(`message ${n}`);
      const { view, change } = wrap(bytes);
      return {
        call: (client) => new SigilSigner({ client, address }).signMessage(view),
        change,
        check: is(oracle.signMessage(bytes)),
      };
    },
  } satisfies Subject,
  {
    name: `data in ${name}`,
    make: (n: number) => {
      const { view, change } = wrap(new TextEncoder().encode(`message ${n}`));
      const expected = oracle.signTransaction({ ...requestOf(n), data: view.slice() as never });
      const request = { ...requestOf(n), data: view as never, to: slowName };
      return {
        call: (client) => new SigilSigner({ client, address }).signTransaction(request),
        change,
        check: is(expected),
      };
    },
  } satisfies Subject,
]);

/** Takes a few turns, in which the rest of the request can change. */
const slowName = {
  getAddress: async () => {
    for (let i = 0; i < 5; i++) await undefined;
    return to;
  },
};

const requestOf = (n: number) => ({
  type: 2,
  chainId: 1,
  nonce: n,
  to,
  value: 1n,
  maxFeePerGas: 9n,
  accessList: [{ address: to, storageKeys: [key] }],
});

const typedDataOf = (n: number) => ({
  domain: { name: "app", chainId: 1 },
  types: { Mail: [{ name: "to", type: "Person" }], Person: [{ name: "id", type: "uint256" }] },
  value: { to: { id: BigInt(n) } },
});

const subjects: readonly Subject[] = [
  ...messages,
  {
    name: "a request's fields and lists",
    make: (n) => {
      const request = { ...requestOf(n), to: slowName };
      return {
        call: (client) => new SigilSigner({ client, address }).signTransaction(request),
        change: () => {
          request.value += 7n;
          request.accessList[0]?.storageKeys.push(key);
          Object.assign(request, { to: address });
        },
        check: is(oracle.signTransaction(requestOf(n))),
      };
    },
  },
  {
    name: "a request behind a Proxy",
    make: (n) => {
      const after = { ...requestOf(n), to: address, value: 7n };
      const { proxy, change } = changingProxy<TransactionRequest>({ ...requestOf(n), to: slowName }, after);
      return {
        call: (client) => new SigilSigner({ client, address }).signTransaction(proxy),
        change,
        check: is(oracle.signTransaction(requestOf(n))),
      };
    },
  },
  {
    name: "a Transaction instance",
    make: (n) => {
      const transaction = Transaction.from(requestOf(n));
      return {
        call: (client) => new SigilSigner({ client, address }).signTransaction(transaction),
        change: () => {
          transaction.value += 1n;
          transaction.to = address;
        },
        check: is(oracle.signTransaction(requestOf(n))),
      };
    },
  },
  {
    name: "a getter that answers differently each time",
    make: (n) => {
      let reads = 0n;
      let readAtCall = 0n;
      const request = {
        ...requestOf(n),
        to: slowName,
        get value() {
          return reads++;
        },
      };
      return {
        call: (client) => {
          const promise = new SigilSigner({ client, address }).signTransaction(request);
          readAtCall = reads;
          return promise;
        },
        change: () => void request.value,
        check: async (settled) => {
          const serialized = (settled as { value: string }).value;
          const { value } = Transaction.from(serialized);
          const expected = await oracle.signTransaction({ ...requestOf(n), value });
          return value < readAtCall && serialized === expected;
        },
      };
    },
  },
  {
    name: "typed data",
    make: (n) => {
      const { domain, types, value } = typedDataOf(n);
      const before = typedDataOf(n);
      return {
        call: (client) => new SigilSigner({ client, address }).signTypedData(domain, types, value),
        change: () => {
          value.to.id += 1n;
          domain.name += "!";
          types.Person.push({ name: "more", type: "bool" });
        },
        check: is(oracle.signTypedData(before.domain, before.types, before.value)),
      };
    },
  },
  {
    name: "typed data behind a Proxy",
    make: (n) => {
      const { domain, types, value } = typedDataOf(n);
      const { proxy, change } = changingProxy(value, typedDataOf(n + 1).value);
      return {
        call: (client) => new SigilSigner({ client, address }).signTypedData(domain, types, proxy),
        change,
        check: is(oracle.signTypedData(domain, types, value)),
      };
    },
  },
  {
    name: "an authorization",
    make: (n) => {
      const request: { address: string; chainId: number; nonce: number } = {
        address: to,
        chainId: 1,
        nonce: n,
      };
      const expected = oracle.authorize({ ...request });
      return {
        call: (client) => new SigilSigner({ client, address }).authorize(request),
        change: () => void Object.assign(request, { address, nonce: n + 1, chainId: 0 }),
        check: async (settled) => {
          const { signature } = (settled as { value: Awaited<typeof expected> }).value;
          return signature.serialized === (await expected).signature.serialized;
        },
      };
    },
  },
];

test("R25: what the caller changes after the call is not signed, in 500 interleavings, a quarter of them ethers'", {
  timeout: 120_000,
}, async () => {
  const result = await interleavings(subjects, rounds(125), deviceSign);
  const { tried, moments, broken } = result;
  figure(
    "R25",
    `ethers: ${tried} interleavings at ${moments.size} moments, ${broken.length} signed something else`,
  );
  expect(broken).toEqual([]);
});
