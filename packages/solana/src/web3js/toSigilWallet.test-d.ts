import type { AnchorProvider, Wallet } from "@coral-xyz/anchor";
import type { MessageSignerWalletAdapterProps, SignerWalletAdapterProps } from "@solana/wallet-adapter-base";
import { expectTypeOf, test } from "vitest";
import type { SigilWallet } from "./toSigilWallet.js";

declare const wallet: SigilWallet;

test("behavior: fits the wallet that Anchor's provider takes", () => {
  expectTypeOf(wallet).toExtend<ConstructorParameters<typeof AnchorProvider>[1]>();
  expectTypeOf(wallet).toExtend<Omit<Wallet, "payer">>();
});

test("behavior: fits wallet-adapter's signer props", () => {
  expectTypeOf(wallet).toExtend<Pick<SignerWalletAdapterProps, "signTransaction" | "signAllTransactions">>();
  expectTypeOf(wallet).toExtend<Pick<MessageSignerWalletAdapterProps, "signMessage">>();
});
