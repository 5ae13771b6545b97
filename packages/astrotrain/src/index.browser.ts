import { ConfigError } from "./errors/ConfigError.js";

// What bundlers put into a page in place of index.ts, by the `browser` condition: all of it but the client, whose keys
// have no business there. The names are kept, so that a page that reaches for one is told, and not left with `undefined`.

export { b64uToBytes, bytesToB64u } from "./encoding/base64url.js";
export { bytesToHex, hexToBytes } from "./encoding/hex.js";
export { SignError } from "./errors/SignError.js";
export * from "./pairing/index.js";
export { buildSpMessage } from "./signing/buildSpMessage.js";

/** @throws ConfigError always: the client belongs on a backend. */
export class AstrotrainClient {
  constructor() {
    throw notHere("AstrotrainClient");
  }
}

/** @throws ConfigError always: signing belongs on a backend. */
export async function sign(): Promise<never> {
  throw notHere("sign");
}

const notHere = (name: string): ConfigError =>
  new ConfigError(
    name,
    "holds the SP's keys and is not part of a browser bundle. Sign on your backend, and let the page reach it through a proxy of yours.",
  );
