export { b64uToBytes, bytesToB64u } from "./encoding/base64url.js";
export { bytesToHex, hexToBytes } from "./encoding/hex.js";
export {
  SignError,
  type SignErrorConstructor,
  type SignErrorDetails,
  type SignErrorKind,
  type SignOutcome,
} from "./errors/SignError.js";
export * from "./pairing/index.js";
export { AstrotrainClient, type SignOptions } from "./signing/AstrotrainClient.js";
export type { AstrotrainClientConfig } from "./signing/AstrotrainClientConfig.js";
export { buildSpMessage } from "./signing/buildSpMessage.js";
export type { SignRequest } from "./signing/SignRequest.js";
export type { SignerCallback, SpKeyConfig } from "./signing/SpSigner.js";
export { sign } from "./signing/sign.js";
export type { PairWatch, WatchPairOptions } from "./signing/watchPair.js";
export type { SignAlgo, SignResult } from "./wire/sign.js";
