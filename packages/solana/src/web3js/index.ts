export {
  AstrotrainClient,
  type AstrotrainClientConfig,
  ConfigError,
  SignError,
  type SignerCallback,
} from "@sigil/astrotrain";
export type { WalletsOptions } from "../internal/solanaWallets.js";
export * as pairing from "../pairing.js";
export { TransactionChangedError } from "./TransactionChangedError.js";
export { type SigilWallet, type ToSigilWalletOptions, toSigilWallet } from "./toSigilWallet.js";
export { toSigilWallets } from "./toSigilWallets.js";
