import type { SignResult } from "../wire/sign.js";
import { AstrotrainClient, type SignOptions } from "./AstrotrainClient.js";
import type { AstrotrainClientConfig } from "./AstrotrainClientConfig.js";

/**
 * One signature without keeping a client: what {@link AstrotrainClient} takes and what its `sign` takes, together.
 *
 * @throws SignError of any kind.
 * @throws ConfigError when an argument is wrong; no request leaves.
 * @example
 * ```ts
 * const { device_signature } = await sign({ octaneUrl, apiKey, privateKeySeed, address, payload, algo: "ed25519" });
 * ```
 */
export async function sign(options: AstrotrainClientConfig & SignOptions): Promise<SignResult> {
  const client = new AstrotrainClient(options);
  try {
    return await client.sign(options);
  } finally {
    client.close();
  }
}
