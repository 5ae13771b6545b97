import { SignError } from "@sigil/astrotrain";
import { ed25519Device } from "@sigil/testing/ed25519Device";
import { figure, rounds } from "@sigil/testing/promises";
import { type Call, tellAltered } from "@sigil/testing/tellAltered";
import { compileTransaction, createNoopSigner, createSignableMessage } from "@solana/kit";
import {
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
} from "@solana/web3.js";
import { expect, test } from "vitest";
import { address } from "../test/appliance.js";
import { messageOf, someAddress } from "../test/messages.js";
import { toSigilSigner } from "./kit/toSigilSigner.js";
import { toSigilWallet } from "./web3js/toSigilWallet.js";

const payerKey = new PublicKey(address);
const recentBlockhash = someAddress(1);
const transfer = (lamports: number) =>
  SystemProgram.transfer({ fromPubkey: payerKey, toPubkey: payerKey, lamports });
const legacy = (n: number): Transaction =>
  new Transaction({ feePayer: payerKey, blockhash: recentBlockhash, lastValidBlockHeight: 1 }).add(
    transfer(n),
  );
const v0 = (n: number): VersionedTransaction =>
  new VersionedTransaction(
    new TransactionMessage({ payerKey, recentBlockhash, instructions: [transfer(n)] }).compileToV0Message(),
  );

const hosts: Readonly<Record<string, readonly [Call, ...Call[]]>> = {
  kit: [
    (client, n) => toSigilSigner({ client, address }).signMessages([createSignableMessage(`${n}`)]),
    (client, n) => {
      const transaction = compileTransaction(messageOf(0, createNoopSigner(address), [], `${n}`));
      return toSigilSigner({ client, address }).signTransactions([transaction as never]);
    },
  ],
  "web3.js": [
    (client, n) => toSigilWallet({ client, address }).signMessage(new TextEncoder().encode(`${n}`)),
    (client, n) => toSigilWallet({ client, address }).signTransaction(legacy(n)),
    (client, n) => toSigilWallet({ client, address }).signAllTransactions([v0(n)]),
  ],
};

const isMismatch = (error: unknown): boolean =>
  error instanceof SignError && error.kind === "signature_mismatch" && error.party === "device";

test.each(Object.entries(hosts))(
  "R20: 10,000 altered device answers, a quarter of them told to %s, none returned",
  {
    timeout: 120_000,
  },
  async (host, calls) => {
    const outcome = await tellAltered(ed25519Device, calls, rounds(2500), isMismatch);
    const { told, kinds, returned, otherErrors } = outcome;
    figure("R20", `${host}: ${told} altered answers of ${kinds.size} kinds, ${returned.length} returned`);
    expect(returned).toEqual([]);
    expect(otherErrors).toEqual([]);
    expect([...kinds].sort()).toEqual(["bit", "key", "payload", "stale", "swapped"]);
  },
);
