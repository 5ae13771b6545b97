import { validationCodeSecret } from "../errors/Secret.js";
import { checkCode, checkId, checkOptions } from "../internal/arguments.js";
import { uuid } from "../internal/uuid.js";
import { callJson } from "../transport/callJson.js";
import type { Attempt } from "../transport/deadline.js";
import type { Endpoint } from "../transport/endpoint.js";
import { isRefusal } from "../wire/isRefusal.js";
import {
  decodeSpKeyValidation,
  encodeValidateSpKey,
  type SpKeyValidation,
  validateSpKeyPath,
} from "../wire/validateSpKey.js";
import { type PairingOptions, pairCall, requestTimeoutMs } from "./pairCall.js";

export type ValidateSpKeyOptions = PairingOptions & {
  readonly pairId: string;
  /** The six digits minted for this session with {@link mintValidationCode}. */
  readonly code: string;
};

/**
 * Makes a pending pair active (`POST /sp/pair/validate`): the appliance compares the code with the one its owner
 * entered, and signs it. After three wrong codes in a row the pairing is revoked.
 *
 * @throws PairError of kind `http` with code `wrong_validation_code`, among others; `network` (time-out after 30 s
 * by default), `deserialise`.
 * @throws ConfigError when an argument is wrong; no request leaves.
 * @example
 * ```ts
 * await validateSpKey({ octaneUrl, apiKey, pairId: pair_id, code });
 * ```
 */
export async function validateSpKey(options: ValidateSpKeyOptions): Promise<SpKeyValidation> {
  checkOptions(options);
  const pairId = checkId("pairId", options.pairId);
  const code = checkCode("code", options.code);
  const body = encodeValidateSpKey({ pairId, code });
  const request = { method: "POST", path: validateSpKeyPath, body, idempotencyKey: uuid() } as const;
  const run = async (endpoint: Endpoint, attempt: Attempt): Promise<SpKeyValidation> =>
    decodeSpKeyValidation(await callJson(endpoint, request, attempt, { isOwn: isRefusal }));
  return pairCall("validateSpKey", options, requestTimeoutMs, run, [validationCodeSecret(code)]);
}
