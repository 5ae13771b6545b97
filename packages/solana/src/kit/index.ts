export {
  AstrotrainClient,
  type AstrotrainClientConfig,
  ConfigError,
  SignError,
  type SignerCallback,
} from "@sigil/astrotrain";
export type { WalletsOptions } from "../internal/solanaWallets.js";
export * as pairing from "../pairing.js";
export { type SigilSigner, type ToSigilSignerOptions, toSigilSigner } from "./toSigilSigner.js";
export { toSigilSigners } from "./toSigilSigners.js";
