import { AstrotrainClient, SigilSigner } from "@sigil/ethers";
import type { SignerCall, SignerContract, SignerMethod } from "@sigil/testing/signerContract";
import {
  type Authorization,
  hexlify,
  isError,
  keccak256,
  Signature,
  Transaction,
  type TransactionLike,
  verifyAuthorization,
  verifyMessage,
  verifyTypedData,
} from "ethers";
import { expect } from "vitest";
import { addressOf, bytesOf } from "./inputs.js";

const address = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

function signText(n: number): SignerCall<SigilSigner, string> {
  // Text can't change.
  const input = `grüße ${n}`;
  return {
    input,
    run: (signer) => signer.signMessage(input),
    verify: (signature) => verifyMessage(input, signature) === address,
    change: () => {},
  };
}

function signBytes(n: number): SignerCall<SigilSigner, string> {
  const input = bytesOf(n);
  return {
    input,
    run: (signer) => signer.signMessage(input),
    verify: (signature) => verifyMessage(bytesOf(n), signature) === address,
    change: () => input.fill(0),
  };
}

function signTypedData(n: number): SignerCall<SigilSigner, string> {
  const typedData = () => ({
    domain: { name: "contract", chainId: 1 },
    types: {
      Item: [{ name: "id", type: "uint256" }],
      Order: [
        { name: "items", type: "Item[]" },
        { name: "note", type: "bytes" },
      ],
    },
    value: { items: [{ id: BigInt(n) }, { id: 2n }], note: bytesOf(n) },
  });
  const input = typedData();
  return {
    input,
    run: (signer) => signer.signTypedData(input.domain, input.types, input.value),
    verify: (signature) => {
      const { domain, types, value } = typedData();
      return verifyTypedData(domain, types, value, signature) === address;
    },
    change: () => {
      input.value.items.pop();
      input.value.note.fill(0);
      input.types.Item.pop();
      input.domain.chainId = 2;
    },
  };
}

function authorize(n: number): SignerCall<SigilSigner, Authorization> {
  const request = () => ({ address: addressOf(n) as string, chainId: n, nonce: n });
  const input = request();
  return {
    input,
    run: (signer) => signer.authorize(input),
    verify: (signed) => {
      expect([signed.address.toLowerCase(), signed.chainId, signed.nonce]).toEqual([
        addressOf(n),
        BigInt(n),
        BigInt(n),
      ]);
      return verifyAuthorization(request(), signed.signature) === address;
    },
    change: () => Object.assign(input, { address: addressOf(99), nonce: 99, chainId: 99 }),
  };
}

const fees = { maxFeePerGas: 9n, maxPriorityFeePerGas: 1n };
const accessList = (n: number) => [{ address: addressOf(n), storageKeys: [keccak256(bytesOf(n))] }];

const kinds: Readonly<Record<string, (n: number) => TransactionLike>> = {
  legacy: () => ({ type: 0, gasPrice: 9n }),
  "EIP-2930": (n) => ({ type: 1, gasPrice: 9n, accessList: accessList(n) }),
  "EIP-1559": (n) => ({ type: 2, ...fees, accessList: accessList(n) }),
  "EIP-4844": () => ({
    type: 3,
    ...fees,
    maxFeePerBlobGas: 5n,
    blobVersionedHashes: [`0x01${"07".repeat(31)}`],
  }),
  "EIP-7702": (n) => ({
    type: 4,
    ...fees,
    authorizationList: [
      {
        address: addressOf(n),
        chainId: 1n,
        nonce: BigInt(n),
        signature: Signature.from({ r: `0x${"11".repeat(32)}`, s: `0x${"22".repeat(32)}`, yParity: 1 }),
      },
    ],
  }),
};

const transactionOf = (kind: (n: number) => TransactionLike, n: number) => ({
  ...kind(n),
  chainId: 1,
  nonce: n,
  gasLimit: 21_000,
  to: addressOf(n),
  value: BigInt(n),
  data: hexlify(bytesOf(n)),
});

const verifyTransaction = (kind: (n: number) => TransactionLike, n: number) => (serialized: string) => {
  const { from, unsignedSerialized } = Transaction.from(serialized);
  expect(unsignedSerialized).toBe(Transaction.from(transactionOf(kind, n)).unsignedSerialized);
  return from === address;
};

const signTransaction =
  (kind: (n: number) => TransactionLike) =>
  (n: number): SignerCall<SigilSigner, string> => {
    const input = transactionOf(kind, n);
    return {
      input,
      run: (signer) => signer.signTransaction(input as never),
      verify: verifyTransaction(kind, n),
      change: () => {
        Object.assign(input, { value: 10n ** 20n });
        for (const list of [input.accessList, input.authorizationList]) {
          for (const entry of (list ?? []) as { address: string }[]) entry.address = addressOf(99);
        }
      },
    };
  };

/** As `sendTransaction` passes it: getters all over, and setters. */
const signInstance = (n: number): SignerCall<SigilSigner, string> => {
  const kind = (i: number): TransactionLike => ({ type: 2, ...fees, accessList: accessList(i) });
  const input = Transaction.from(transactionOf(kind, n));
  return {
    input,
    run: (signer) => signer.signTransaction(input),
    verify: verifyTransaction(kind, n),
    change: () => {
      input.value = 10n ** 20n;
      input.accessList = [];
    },
  };
};

const methods: Readonly<Record<string, SignerMethod<SigilSigner>>> = {
  "signMessage of text": { call: signText },
  "signMessage of bytes": { call: signBytes },
  signTypedData: { call: signTypedData },
  authorize: { call: authorize },
  ...Object.fromEntries(
    Object.entries(kinds).map(([type, kind]) => [
      `signTransaction, ${type}`,
      { call: signTransaction(kind) },
    ]),
  ),
  "signTransaction, a Transaction": { call: signInstance },
};

const reasons: Readonly<Record<string, string>> = {
  user_rejected: "rejected",
  user_timeout: "expired",
  pair_pending: "pending",
};

export const ethersSigner: SignerContract<SigilSigner> = {
  name: "ethers signer",
  algo: "secp256k1",
  createSigner: (access) => new SigilSigner(Object.assign(access, { client: new AstrotrainClient(access) })),
  methods,
  readOnly: ["address"],
  expectRefusal: (error, code) => {
    expect(error).toMatchObject({ code: expect.any(String), shortMessage: expect.any(String) });
    expect(isError(error, "ACTION_REJECTED") ? error.reason : undefined).toBe(reasons[code]);
  },
};
