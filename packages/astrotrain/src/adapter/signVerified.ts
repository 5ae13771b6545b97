import { b64uToBytes } from "../encoding/base64url.js";
import { ConfigError } from "../errors/ConfigError.js";
import { SignError } from "../errors/SignError.js";
import { tracedBy, traceOf } from "../errors/traceOf.js";
import type { AstrotrainClient, SignOptions } from "../signing/AstrotrainClient.js";

/** What an adapter needs of a client. */
export type SigningClient = Pick<AstrotrainClient, "sign">;

/**
 * What `verify` makes of a device's signature over `payload`: its normal form for the chain, or `undefined` when it is
 * not by the wallet's address over this payload, whatever the reason.
 */
export type VerifyDevice<T> = (
  signature: Uint8Array,
  payload: Uint8Array,
) => T | undefined | Promise<T | undefined>;

/**
 * The one way in which chain adapters ask for a signature: `request` goes to the client with a copy of its payload, and
 * the device's signature is verified over our own copy before anything is handed out.
 *
 * @throws SignError of kind `signature_mismatch`, party `device`, when `verify` gives `undefined`; `deserialise` when
 * the client's answer has no base64url signature; whatever `client.sign` throws.
 * @example
 * ```ts
 * const request = { address, payload: digest, algo: "secp256k1" } as const;
 * const signature = await signVerified(client, request, (signature, payload) => recover(signature, payload, address));
 * ```
 */
export async function signVerified<T>(
  client: SigningClient,
  request: SignOptions,
  verify: VerifyDevice<T>,
): Promise<T> {
  const ours = new Uint8Array(request.payload);
  const { device_signature, request_id } = await client.sign({ ...request, payload: ours.slice() });
  const verified = await verify(readSignature(device_signature), ours);
  if (verified !== undefined) return verified;
  const trace = traceOf(request_id);
  throw new SignError(
    `The device's signature is not by ${request.address} over the payload that was sent. Nothing of it was used: do not ` +
      `retry before you know who answers at octaneUrl, and that the address is the paired wallet's.${tracedBy(trace)}`,
    { kind: "signature_mismatch", party: "device", ...trace },
  );
}

/** @throws ConfigError for what has no `sign` method. */
export function checkClient(client: unknown): void {
  if (typeof (client as Partial<SigningClient> | null | undefined)?.sign === "function") return;
  throw new ConfigError("client", "has no sign method: pass an AstrotrainClient.");
}

/** A client of the user's own making may answer with anything. */
function readSignature(signature: unknown): Uint8Array {
  try {
    return b64uToBytes(signature as string);
  } catch (cause) {
    throw new SignError("sign failed: device_signature is not base64url.", { kind: "deserialise", cause });
  }
}
