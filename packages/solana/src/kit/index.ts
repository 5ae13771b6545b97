export {
  AstrotrainClient,
  type AstrotrainClientConfig,
  ConfigError,
  SignError,
  type SignerCallback,
} from "@sigil/astrotrain";
export * as pairing from "@sigil/astrotrain/pairing";
export type { WalletsOptions } from "../internal/solanaWallets.js";
export { type SigilSigner, type ToSigilSignerOptions, toSigilSigner } from "./toSigilSigner.js";
export { toSigilSigners } from "./toSigilSigners.js";
