import { revokePairing, SignError } from "@sigil/astrotrain";
import { toSigilSigners } from "@sigil/solana";
import { toSigilWallets } from "@sigil/solana/web3js";
import { type Address, signTransactionMessageWithSigners } from "@solana/kit";
import { Keypair, PublicKey, SystemProgram, type Transaction } from "@solana/web3.js";
import { getTransferSolInstruction } from "@solana-program/system";
import { describe, expect, test } from "vitest";
import { rejection } from "../astrotrain/rejection.js";
import { pair } from "../setUp.js";
import type { Stage } from "./stage.js";

type Paired = Stage["paired"];

const amount = 5_000_000n;

/** Each asks the pair's first wallet to move money, and sends what it gets. */
const hosts = {
  kit: async ({ kit }: Stage, paired: Paired, to: Address) => {
    const [signer] = toSigilSigners(paired);
    if (signer === undefined) throw new Error("The pair has no Solana wallet.");
    const transfer = getTransferSolInstruction({ source: signer, destination: to, amount });
    await kit.send(await kit.messageOf(signer, [transfer]));
  },
  "web3.js": async ({ web3 }: Stage, paired: Paired, to: Address) => {
    const [wallet] = toSigilWallets(paired);
    if (wallet === undefined) throw new Error("The pair has no Solana wallet.");
    const transaction = await web3.legacy(wallet.publicKey, transferOf(wallet.publicKey, new PublicKey(to)));
    try {
      await web3.send(await wallet.signTransaction(transaction));
    } catch (error) {
      expect(signaturesOf(transaction)).toEqual([]);
      throw error;
    }
  },
};

const transferOf = (fromPubkey: PublicKey, toPubkey: PublicKey) =>
  SystemProgram.transfer({ fromPubkey, toPubkey, lamports: amount });
const signaturesOf = ({ signatures }: Transaction) =>
  signatures.flatMap(({ signature }) => (signature === null ? [] : [signature]));
const newAddress = (): Address => Keypair.generate().publicKey.toBase58() as Address;

/** What the chain sees when the appliance or octane refuses: nothing. `stage` is called once the tests run. */
export function refusalTests(stage: () => Stage): void {
  /** Expects a refusal, and that neither wallet's balance has moved. */
  const refused = async (code: string, sending: (to: Address) => Promise<unknown>) => {
    const { kit, signer } = stage();
    const to = newAddress();
    const balances = () => Promise.all([signer.address, to].map(kit.balance));
    const before = await balances();
    const error = await rejection(sending(to));
    expect(error).toBeInstanceOf(SignError);
    expect(error).toMatchObject({ kind: "http", status: 403, code });
    // A block later, the chain still has nothing of it: the fee would be gone.
    const { blockhash } = await kit.latestBlockhash();
    await expect.poll(async () => (await kit.latestBlockhash()).blockhash).not.toBe(blockhash);
    expect(await balances()).toEqual(before);
  };

  describe.each(Object.entries(hosts))("%s", (_, send) => {
    test("behavior: an owner who declines", async () => {
      const { sigil, paired } = stage();
      sigil.phone.decision = "reject";
      await refused("user_rejected", (to) => send(stage(), paired, to));
      sigil.phone.decision = "approve";
      const to = newAddress();
      await send(stage(), paired, to);
      expect(await stage().kit.balance(to)).toBe(amount);
    });

    test("behavior: a pair that was revoked", async () => {
      const { sigil } = stage();
      const paired = await pair(sigil, sigil.emulator.addSp());
      await revokePairing({ ...paired.access, pairId: paired.pairId });
      await refused("pair_revoked", (to) => send(stage(), paired, to));
    });

    test("behavior: a pair that is revoked while its owner is asked", async () => {
      const { sigil, asked } = stage();
      const paired = await pair(sigil, sigil.emulator.addSp());
      sigil.phone.decision = "wait";
      await refused("pair_revoked", async (to) => {
        const sending = send(stage(), paired, to);
        await Promise.all([sending, asked().then(() => sigil.emulator.appliance.revoke(paired.pairId))]);
      });
    });
  });

  test("behavior: kit: a co-signer's signature alone moves nothing", async () => {
    const { kit, signer, local, sigil } = stage();
    sigil.phone.decision = "reject";
    await refused("user_rejected", async (destination) => {
      const transfer = getTransferSolInstruction({ source: signer, destination, amount });
      await signTransactionMessageWithSigners(await kit.messageOf(local, [transfer]));
    });
  });

  test("behavior: web3.js: an owner who declines the second of two gives none", async () => {
    const { web3, wallet, sigil, asked } = stage();
    sigil.phone.decision = "wait";
    await refused("user_rejected", async (to) => {
      const transfer = transferOf(wallet.publicKey, new PublicKey(to));
      const transactions = [
        await web3.legacy(wallet.publicKey, transfer),
        await web3.legacy(wallet.publicKey, transfer, transfer),
      ];
      const decide = async () => {
        await (await asked()).approve();
        await (await asked()).reject();
      };
      try {
        await Promise.all([wallet.signAllTransactions(transactions), decide()]);
      } finally {
        expect(transactions.flatMap(signaturesOf)).toEqual([]);
      }
    });
  });
}
