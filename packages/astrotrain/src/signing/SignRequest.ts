import { isBytes } from "../encoding/isBytes.js";
import { ConfigError } from "../errors/ConfigError.js";
import { checkId, checkOneOf, checkText } from "../internal/arguments.js";
import { type SignAlgo, signAlgos } from "../wire/sign.js";

/** What the appliance is asked to sign. */
export type SignRequest = {
  /** The wallet's address, in the spelling that is to go into the SP's signature. */
  readonly address: string;
  /** secp256k1: the 32-byte digest that the chain hashes to. ed25519: the serialized message. Copied at the call. */
  readonly payload: Uint8Array;
  readonly algo: SignAlgo;
  /** Needed where the address is in two active pairs of this SP. */
  readonly pairId?: string | undefined;
  /** Octane's name for the chain, such as `base`. Octane then holds the pair to its scope on that chain. */
  readonly chain?: string | undefined;
  /**
   * The request's id, 1 to 255 printable ASCII characters; a fresh UUID by default. Give the one of an error whose outcome is
   * unknown, with the same request, to get octane's first answer without asking the user again.
   */
  readonly idempotencyKey?: string | undefined;
};

/** Checks the request and takes a copy of it. @throws ConfigError */
export function copySignRequest(request: SignRequest): SignRequest {
  const { payload, pairId, chain, idempotencyKey } = request;
  const address = checkText("address", request.address, 128);
  if (!/^[\x21-\x7e]+$/.test(address))
    throw new ConfigError("address", "must be printable ASCII without spaces.");
  const algo = checkOneOf("algo", request.algo, signAlgos);
  if (!isBytes(payload))
    throw new ConfigError("payload", "must be a Uint8Array. Convert hexadecimal with hexToBytes.");
  if (algo === "secp256k1" && payload.length !== 32) {
    throw new ConfigError(
      "payload",
      `must be the 32-byte digest for secp256k1, not ${payload.length} bytes.`,
    );
  }
  return {
    address,
    payload: new Uint8Array(payload),
    algo,
    pairId: pairId === undefined ? undefined : checkId("pairId", pairId),
    chain: chain === undefined ? undefined : checkText("chain", chain, 64),
    idempotencyKey: idempotencyKey === undefined ? undefined : checkIdempotencyKey(idempotencyKey),
  };
}

/** It goes into a header. */
function checkIdempotencyKey(key: unknown): string {
  if (typeof key !== "string" || !/^[\x21-\x7e]{1,255}$/.test(key))
    throw new ConfigError("idempotencyKey", "must be 1 to 255 printable ASCII characters without spaces.");
  return key;
}
