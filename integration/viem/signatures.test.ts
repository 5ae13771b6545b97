import { secp256k1 } from "@noble/curves/secp256k1.js";
import { type AstrotrainClient, b64uToBytes, bytesToB64u } from "@sigil/astrotrain";
import type { SigilAccount } from "@sigil/viem";
import { type Address, bytesToBigInt, numberToBytes } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileContracts } from "../contracts/compileContracts.js";
import { mailFor } from "../contracts/mail.js";
import { type Chain, freshAddress, pair, type Sigil, startChain, startSigil } from "../setUp.js";

const { Verifier } = compileContracts();
const imported = privateKeyToAccount(generatePrivateKey());

let chain: Chain;
let sigil: Sigil;
let paired: Awaited<ReturnType<typeof pair>>;
let account: SigilAccount;
let verifier: Address;

beforeAll(async () => {
  [chain, sigil] = await Promise.all([startChain(), startSigil()]);
  paired = await pair(sigil);
  account = paired.accountOf(0);
  await chain.fund(account.address);
  verifier = await chain.deploy(Verifier);
});

afterAll(() => Promise.all([chain?.stop(), sigil?.stop()]));

const message = {
  from: { name: "Ada", wallets: [freshAddress(), freshAddress()] },
  to: [
    { name: "Bob", wallets: [freshAddress()] },
    { name: "Eve", wallets: [] },
  ],
  contents: "grüße",
};
const mail = () => mailFor(verifier, chain.client.chain.id, message);
const recoverMail = (signed: typeof message, signature: `0x${string}`) =>
  chain.client.readContract({
    abi: Verifier.abi,
    address: verifier,
    functionName: "recoverMail",
    args: [signed, signature],
  });

test("default: a contract recovers the appliance's address from typed data", async () => {
  const signature = await chain.walletFor(account).signTypedData(mail());
  expect(await recoverMail(message, signature)).toBe(account.address);
  expect(await recoverMail({ ...message, contents: "changed" }, signature)).not.toBe(account.address);
  expect(await chain.client.verifyTypedData({ ...mail(), address: account.address, signature })).toBe(true);
});

test("behavior: a message verifies, and no other does", async () => {
  for (const text of ["grüße", "0xdeadbeef", { raw: "0xdeadbeef" }] as const) {
    const signature = await chain.walletFor(account).signMessage({ message: text });
    const { address } = account;
    expect(await chain.client.verifyMessage({ address, message: text, signature })).toBe(true);
    expect(await chain.client.verifyMessage({ address, message: "other", signature })).toBe(false);
  }
});

/** What else a device may answer with: the same signature in another shape. */
const shapes = {
  "64 bytes": ({ r, s }) => [...r, ...s],
  "65 bytes, v of 27 or 28": ({ r, s, v }) => [...r, ...s, v + 27],
  "65 bytes, the wrong v": ({ r, s, v }) => [...r, ...s, 1 - v],
  "high s, 64 bytes": ({ r, highS }) => [...r, ...highS],
  "high s, 65 bytes": ({ r, highS, v }) => [...r, ...highS, 1 - v],
} satisfies Record<string, (parts: ReturnType<typeof split>) => number[]>;

const split = (signature: Uint8Array) => {
  const [r, s] = [signature.slice(0, 32), signature.slice(32, 64)];
  const highS = numberToBytes(secp256k1.Point.CURVE().n - bytesToBigInt(s), { size: 32 });
  return { r, s, highS, v: signature[64]! };
};

describe.each(Object.entries(shapes))("a device that answers with %s", (_, shape) => {
  const device: Pick<AstrotrainClient, "sign"> = {
    sign: async (request) => {
      const answer = await paired.client.sign(request);
      const parts = split(b64uToBytes(answer.device_signature));
      return { ...answer, device_signature: bytesToB64u(Uint8Array.from(shape(parts))) };
    },
  };

  test("behavior: its transaction is mined, and a contract that refuses a high s takes its typed data", async () => {
    const shaped = paired.accountOf(0, { client: device });
    const to = freshAddress();
    const receipt = await chain.mined(await chain.walletFor(shaped).sendTransaction({ to, value: 3n }));
    expect(receipt.from).toBe(account.address.toLowerCase());
    expect(await chain.client.getBalance({ address: to })).toBe(3n);
    expect(await recoverMail(message, await shaped.signTypedData(mail()))).toBe(account.address);
  });
});

test("behavior: with a key taken in, the bytes are those of viem's own account, and the chain takes them", async () => {
  const own = generatePrivateKey();
  const reference = privateKeyToAccount(own);
  const { wallet_index } = sigil.emulator.appliance.importKey({ chain: "ethereum", privateKey: own });
  const taken = (await pair(sigil)).accountOf(wallet_index);
  await chain.fund(taken.address);
  const to = imported.address;
  const request = await chain.walletFor(taken).prepareTransactionRequest({ to, value: 9n });
  const serialized = await chain.walletFor(taken).signTransaction(request);
  expect(serialized).toBe(await chain.walletFor(reference).signTransaction(request as never));
  const hash = await chain.client.sendRawTransaction({ serializedTransaction: serialized });
  expect((await chain.mined(hash)).from).toBe(reference.address.toLowerCase());
});
