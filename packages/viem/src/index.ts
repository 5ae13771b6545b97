export {
  AstrotrainClient,
  type AstrotrainClientConfig,
  ConfigError,
  SignError,
  type SignerCallback,
} from "@sigil/astrotrain";
export * as pairing from "@sigil/astrotrain/pairing";
export type { WalletsOptions } from "@sigil/evm";
export { SigilAccountError } from "./SigilAccountError.js";
export { type SigilAccount, type ToSigilAccountOptions, toSigilAccount } from "./toSigilAccount.js";
export { toSigilAccounts } from "./toSigilAccounts.js";
