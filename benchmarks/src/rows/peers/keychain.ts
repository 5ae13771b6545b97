import { FireblocksSigner } from "@solana/keychain-fireblocks";
import { PrivySigner } from "@solana/keychain-privy";
import { TurnkeySigner } from "@solana/keychain-turnkey";
import { VaultSigner } from "@solana/keychain-vault";
import { solanaAddress } from "../../fixtures.js";
import { withKit } from "../kit.js";
import type { Program } from "../Row.js";
import { p256Key, rsaPem } from "./keys.js";

export const keychainTurnkey: Program = (apiBaseUrl) => {
  const { publicKey, privateKey } = p256Key();
  return withKit(
    new TurnkeySigner({
      apiBaseUrl,
      apiPublicKey: publicKey,
      apiPrivateKey: privateKey,
      organizationId: "b1f6a5f0-0000-4000-8000-000000000000",
      privateKeyId: "benchmark",
      publicKey: solanaAddress,
    }),
  );
};

export const keychainPrivy: Program = async (baseUrl) =>
  withKit(
    await PrivySigner.create({
      apiBaseUrl: `${baseUrl}/v1`,
      appId: "benchmark",
      appSecret: "benchmark",
      walletId: "benchmark",
    }),
  );

export const keychainVault: Program = (vaultAddr) =>
  withKit(
    new VaultSigner({ vaultAddr, vaultToken: "benchmark", keyName: "benchmark", publicKey: solanaAddress }),
  );

export const keychainFireblocks: Program = async (apiBaseUrl) => {
  const signer = new FireblocksSigner({
    apiBaseUrl,
    apiKey: "benchmark",
    privateKeyPem: rsaPem(),
    vaultAccountId: "0",
  });
  await signer.init();
  return withKit(signer);
};
