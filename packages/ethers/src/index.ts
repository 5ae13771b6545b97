export {
  AstrotrainClient,
  type AstrotrainClientConfig,
  ConfigError,
  SignError,
  type SignerCallback,
} from "@sigil/astrotrain";
export * as pairing from "@sigil/astrotrain/pairing";
export type { WalletsOptions } from "@sigil/evm";
export { SigilSigner, type SigilSignerOptions } from "./SigilSigner.js";
