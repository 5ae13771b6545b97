export {
  AstrotrainClient,
  type AstrotrainClientConfig,
  ConfigError,
  SignError,
  type SignerCallback,
} from "@sigil/astrotrain";
export * as pairing from "@sigil/astrotrain/pairing";
export type { WalletsOptions } from "../internal/solanaWallets.js";
export { TransactionChangedError } from "./TransactionChangedError.js";
export { type SigilWallet, type ToSigilWalletOptions, toSigilWallet } from "./toSigilWallet.js";
export { toSigilWallets } from "./toSigilWallets.js";
