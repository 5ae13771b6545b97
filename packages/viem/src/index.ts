export {
  AstrotrainClient,
  type AstrotrainClientConfig,
  ConfigError,
  SignError,
  type SignerCallback,
} from "@sigil/astrotrain";
export type { WalletsOptions } from "@sigil/evm";
export * as pairing from "./pairing.js";
export { SigilAccountError } from "./SigilAccountError.js";
export { type SigilAccount, type ToSigilAccountOptions, toSigilAccount } from "./toSigilAccount.js";
export { toSigilAccounts } from "./toSigilAccounts.js";
