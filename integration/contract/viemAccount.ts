import type { SignerCall, SignerContract, SignerMethod } from "@sigil/testing/signerContract";
import { AstrotrainClient, type SigilAccount, toSigilAccount } from "@sigil/viem";
import {
  type Address,
  BaseError,
  bytesToHex,
  type Hex,
  keccak256,
  parseTransaction,
  recoverAddress,
  recoverTransactionAddress,
  serializeTransaction,
  type TransactionSerializable,
  UserRejectedRequestError,
  verifyMessage,
  verifyTypedData,
} from "viem";
import { verifyAuthorization } from "viem/utils";
import { expect } from "vitest";
import { addressOf, bytesOf } from "./inputs.js";

const address: Address = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

type Mutable = Record<string, unknown>;

function sign(n: number): SignerCall<SigilAccount, Hex> {
  const hash = keccak256(bytesOf(n));
  const input = { hash };
  return {
    input,
    run: (account) => account.sign(input),
    verify: async (signature) => (await recoverAddress({ hash, signature })) === address,
    change: () => Object.assign(input, { hash: keccak256("0x") }),
  };
}

function signText(n: number): SignerCall<SigilAccount, Hex> {
  const input = { message: `grüße ${n}` };
  return {
    input,
    run: (account) => account.signMessage(input),
    verify: (signature) => verifyMessage({ address, message: `grüße ${n}`, signature }),
    change: () => Object.assign(input, { message: "changed" }),
  };
}

function signBytes(n: number): SignerCall<SigilAccount, Hex> {
  const input = { message: { raw: bytesOf(n) } };
  return {
    input,
    run: (account) => account.signMessage(input),
    verify: (signature) => verifyMessage({ address, message: { raw: bytesOf(n) }, signature }),
    change: () => input.message.raw.fill(0),
  };
}

function signTypedData(n: number): SignerCall<SigilAccount, Hex> {
  const typedData = () => ({
    domain: { name: "contract", chainId: 1 },
    types: {
      Item: [{ name: "id", type: "uint256" }],
      Order: [
        { name: "items", type: "Item[]" },
        { name: "note", type: "bytes" },
      ],
    },
    primaryType: "Order" as const,
    message: { items: [{ id: BigInt(n) }, { id: 2n }], note: bytesToHex(bytesOf(n)) },
  });
  const input = typedData();
  return {
    input,
    run: (account) => account.signTypedData(input),
    verify: (signature) => verifyTypedData({ ...typedData(), address, signature }),
    change: () => {
      input.message.items.pop();
      Object.assign(input.domain, { chainId: 2 });
    },
  };
}

function signAuthorization(n: number): SignerCall<SigilAccount, unknown> {
  const authorization = () => ({ contractAddress: addressOf(n), chainId: n, nonce: n });
  const input = authorization();
  return {
    input,
    run: (account) => account.signAuthorization(input),
    verify: async (output) => {
      const signed = output as Awaited<ReturnType<SigilAccount["signAuthorization"]>>;
      const { contractAddress, ...rest } = authorization();
      expect(signed).toMatchObject({ address: contractAddress, ...rest });
      return verifyAuthorization({ address, authorization: signed });
    },
    change: () => Object.assign(input, { nonce: 99, contractAddress: addressOf(99) }),
  };
}

const fees = { maxFeePerGas: 9n, maxPriorityFeePerGas: 1n };
const accessList = (n: number) => [{ address: addressOf(n), storageKeys: [keccak256(bytesOf(n))] }];

const kinds: Readonly<Record<string, (n: number) => object>> = {
  legacy: () => ({ type: "legacy", chainId: 1, gasPrice: 9n }),
  eip2930: (n) => ({ type: "eip2930", chainId: 1, gasPrice: 9n, accessList: accessList(n) }),
  eip1559: (n) => ({ type: "eip1559", chainId: 1, ...fees, accessList: accessList(n) }),
  eip4844: () => ({
    type: "eip4844",
    chainId: 1,
    ...fees,
    maxFeePerBlobGas: 5n,
    blobVersionedHashes: [`0x01${"07".repeat(31)}`],
  }),
  eip7702: (n) => ({
    type: "eip7702",
    chainId: 1,
    ...fees,
    authorizationList: [
      {
        address: addressOf(n),
        chainId: 1,
        nonce: n,
        r: `0x${"11".repeat(32)}`,
        s: `0x${"22".repeat(32)}`,
        yParity: 1,
      },
    ],
  }),
};

const signTransaction =
  (kind: (n: number) => object) =>
  (n: number): SignerCall<SigilAccount, Hex> => {
    const transaction = () =>
      ({ ...kind(n), nonce: n, to: addressOf(n), value: BigInt(n), data: bytesToHex(bytesOf(n)) }) as Mutable;
    const input = transaction();
    return {
      input,
      run: (account) => account.signTransaction(input as TransactionSerializable) as Promise<Hex>,
      verify: async (serialized) => {
        const { r, s, v, yParity, ...parsed } = parseTransaction(serialized) as Mutable;
        expect(serializeTransaction(parsed as TransactionSerializable)).toBe(
          serializeTransaction(transaction() as TransactionSerializable),
        );
        return (await recoverTransactionAddress({ serializedTransaction: serialized as never })) === address;
      },
      change: () => {
        Object.assign(input, { value: 10n ** 20n });
        for (const list of [input.accessList, input.authorizationList]) {
          for (const entry of (list as Mutable[] | undefined) ?? []) entry.address = addressOf(99);
        }
      },
    };
  };

const methods: Readonly<Record<string, SignerMethod<SigilAccount>>> = {
  sign: { call: sign },
  "signMessage of text": { call: signText },
  "signMessage of bytes": { call: signBytes },
  signTypedData: { call: signTypedData },
  signAuthorization: { call: signAuthorization },
  ...Object.fromEntries(
    Object.entries(kinds).map(([type, kind]) => [
      `signTransaction, ${type}`,
      { call: signTransaction(kind) },
    ]),
  ),
};

export const viemAccount: SignerContract<SigilAccount> = {
  name: "viem account",
  algo: "secp256k1",
  createSigner: (access) => {
    const options = Object.assign(access, { client: new AstrotrainClient(access) });
    return toSigilAccount(options as typeof options & { address: Address });
  },
  methods,
  // viem's own accounts are plain objects, too.
  readOnly: [],
  expectRefusal: (error, code) => {
    expect(error).toBeInstanceOf(BaseError);
    const rejected = (error as BaseError).walk((each) => each instanceof UserRejectedRequestError);
    expect(rejected !== null).toBe(code === "user_rejected");
  },
};
