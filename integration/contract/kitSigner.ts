import { AstrotrainClient, type SigilSigner, toSigilSigner } from "@sigil/solana";
import type { SignerCall, SignerContract, SignerMethod } from "@sigil/testing/signerContract";
import {
  type Address,
  appendTransactionMessageInstruction,
  address as asAddress,
  type Blockhash,
  compileTransaction,
  createSignableMessage,
  createTransactionMessage,
  getPublicKeyFromAddress,
  pipe,
  type SignableMessage,
  type SignatureDictionary,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
  type Transaction,
  type TransactionPartialSigner,
  verifySignature,
} from "@solana/kit";
import { bytesOf } from "./inputs.js";

const address = asAddress("8SFqwqnq4whPhs8icwHA2hQg3hUoN1qrCLK1SBx3WKwe");
const lifetime = {
  blockhash: "EkSnNWid2cvwEVnVx9aBqawnmiCNiDgp3gUdkDPTKN1N" as Blockhash,
  lastValidBlockHeight: 100n,
};

type Signable = Parameters<TransactionPartialSigner["signTransactions"]>[0][number];
type Kind = "message" | "legacy" | 0 | 1;

const transactionOf = (version: "legacy" | 0 | 1, n: number): Signable =>
  compileTransaction(
    pipe(
      createTransactionMessage({ version: version as 0 }),
      (message) => setTransactionMessageFeePayer(address, message),
      (message) => setTransactionMessageLifetimeUsingBlockhash(lifetime, message),
      (message) =>
        appendTransactionMessageInstruction(
          { programAddress: "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr" as Address, data: bytesOf(n) },
          message,
        ),
    ),
  ) as Signable;

const inputOf = (kind: Kind, n: number) =>
  kind === "message" ? createSignableMessage(bytesOf(n)) : transactionOf(kind, n);

const contentOf = (input: SignableMessage | Transaction): Uint8Array =>
  "content" in input ? input.content : (input.messageBytes as unknown as Uint8Array);

/** One call with an input of each kind. */
const call =
  (...kinds: readonly Kind[]) =>
  (n: number): SignerCall<SigilSigner, readonly SignatureDictionary[]> => {
    const made = () => kinds.map((kind, i) => inputOf(kind, n * kinds.length + i));
    const input = made();
    return {
      input,
      run: (signer, abortSignal) => {
        const config = abortSignal === undefined ? undefined : { abortSignal };
        return kinds[0] === "message"
          ? signer.signMessages(input as SignableMessage[], config)
          : signer.signTransactions(input as Signable[], config);
      },
      verify: async (dictionaries) => {
        const key = await getPublicKeyFromAddress(address);
        const verified = dictionaries.map(async (dictionary, i) => {
          const signature = dictionary[address];
          const content = contentOf(made()[i] as SignableMessage);
          return signature !== undefined && verifySignature(key, signature, content);
        });
        return dictionaries.length === kinds.length && !(await Promise.all(verified)).includes(false);
      },
      change: () => {
        for (const each of input) contentOf(each).fill(7);
        input.pop();
      },
    };
  };

const methods: Readonly<Record<string, SignerMethod<SigilSigner>>> = {
  "signMessages, one": { call: call("message"), abortable: true },
  "signMessages, three": { call: call("message", "message", "message"), abortable: true, prompts: 3 },
  "signTransactions, legacy": { call: call("legacy"), abortable: true },
  "signTransactions, version 0": { call: call(0), abortable: true },
  "signTransactions, version 1": { call: call(1), abortable: true },
  "signTransactions, three": { call: call("legacy", 0, 1), abortable: true, prompts: 3 },
};

export const kitSigner: SignerContract<SigilSigner> = {
  name: "kit signer",
  algo: "ed25519",
  createSigner: (access) => toSigilSigner(Object.assign(access, { client: new AstrotrainClient(access) })),
  methods,
  readOnly: ["address", "signMessages", "signTransactions"],
};
