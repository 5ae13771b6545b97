import { ed25519 } from "@noble/curves/ed25519.js";
import { AstrotrainClient, type SigilWallet, toSigilWallet } from "@sigil/solana/web3js";
import type { SignerCall, SignerContract, SignerMethod } from "@sigil/testing/signerContract";
import {
  PublicKey,
  SystemProgram,
  Transaction,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from "@solana/web3.js";
import { bytesOf } from "./inputs.js";

const publicKey = new PublicKey("8SFqwqnq4whPhs8icwHA2hQg3hUoN1qrCLK1SBx3WKwe");
const recentBlockhash = "EkSnNWid2cvwEVnVx9aBqawnmiCNiDgp3gUdkDPTKN1N";

type Either = Transaction | VersionedTransaction;
type Kind = "legacy" | "version 0";

const transferOf = (n: number): TransactionInstruction =>
  SystemProgram.transfer({
    fromPubkey: publicKey,
    toPubkey: new PublicKey(bytesOf(n, 32)),
    lamports: 1000 + n,
  });

const make: Readonly<Record<Kind, (n: number) => Either>> = {
  legacy: (n) =>
    new Transaction({ feePayer: publicKey, blockhash: recentBlockhash, lastValidBlockHeight: 100 }).add(
      transferOf(n),
    ),
  "version 0": (n) =>
    new VersionedTransaction(
      new TransactionMessage({
        payerKey: publicKey,
        recentBlockhash,
        instructions: [transferOf(n)],
      }).compileToV0Message(),
    ),
};

const messageOf = (transaction: Either): Uint8Array =>
  transaction instanceof Transaction ? transaction.serializeMessage() : transaction.message.serialize();

const signatureOf = (transaction: Either): Uint8Array =>
  (transaction instanceof Transaction ? transaction.signature : transaction.signatures[0]) ??
  new Uint8Array(64);

/** web3.js verifies legacy transactions itself; for the others, and messages, Ed25519 as the chain does it. */
const verifySigned = (transaction: Either): boolean =>
  transaction instanceof Transaction
    ? transaction.verifySignatures()
    : verifyBytes(signatureOf(transaction), messageOf(transaction));

const verifyBytes = (signature: Uint8Array, bytes: Uint8Array): boolean =>
  ed25519.verify(signature, bytes, publicKey.toBytes(), { zip215: false });

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(Buffer.from(b));

function changeTransaction(transaction: Either): void {
  if (transaction instanceof Transaction) transaction.add(transferOf(99));
  else transaction.message.compiledInstructions.pop();
}

const signTransactions =
  (...kinds: readonly Kind[]) =>
  (n: number): SignerCall<SigilWallet, readonly Either[]> => {
    const made = () => kinds.map((kind, i) => make[kind](n * kinds.length + i));
    const input = made();
    const [first] = input;
    return {
      input,
      run: async (wallet) =>
        kinds.length === 1 && first !== undefined
          ? [await wallet.signTransaction(first)]
          : wallet.signAllTransactions(input),
      verify: (signed) =>
        signed.length === kinds.length &&
        made().every((fresh, i) => {
          const transaction = signed[i];
          return (
            transaction !== undefined &&
            transaction === input[i] &&
            same(messageOf(transaction), messageOf(fresh)) &&
            verifySigned(transaction)
          );
        }),
      change: () => {
        const last = input.at(-1);
        if (last !== undefined) changeTransaction(last);
      },
      unsigned: () => input.every((each) => signatureOf(each).every((byte) => byte === 0)),
    };
  };

function signMessage(n: number): SignerCall<SigilWallet, Uint8Array> {
  const input = bytesOf(n);
  return {
    input,
    run: (wallet) => wallet.signMessage(input),
    verify: (signature) => verifyBytes(signature, bytesOf(n)),
    change: () => input.fill(7),
  };
}

const methods: Readonly<Record<string, SignerMethod<SigilWallet>>> = {
  "signTransaction, legacy": { call: signTransactions("legacy"), changed: "refused" },
  "signTransaction, version 0": { call: signTransactions("version 0"), changed: "refused" },
  signAllTransactions: {
    call: signTransactions("legacy", "version 0", "legacy"),
    changed: "refused",
    prompts: 3,
  },
  signMessage: { call: signMessage },
};

export const web3jsWallet: SignerContract<SigilWallet> = {
  name: "web3.js wallet",
  algo: "ed25519",
  createSigner: (access) => toSigilWallet(Object.assign(access, { client: new AstrotrainClient(access) })),
  methods,
  readOnly: ["publicKey", "signTransaction", "signAllTransactions", "signMessage"],
};
