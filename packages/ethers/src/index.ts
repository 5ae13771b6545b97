export {
  AstrotrainClient,
  type AstrotrainClientConfig,
  ConfigError,
  SignError,
  type SignerCallback,
} from "@sigil/astrotrain";
export type { WalletsOptions } from "@sigil/evm";
export * as pairing from "./pairing.js";
export { SigilSigner, type SigilSignerOptions } from "./SigilSigner.js";
