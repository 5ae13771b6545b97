import { checkId, checkOptions } from "../internal/arguments.js";
import { callJson } from "../transport/callJson.js";
import { isRefusal } from "../wire/isRefusal.js";
import { decodeRevocation, type Revocation, revokePairingPath } from "../wire/revokePairing.js";
import { type PairingOptions, pairCall, requestTimeoutMs } from "./pairCall.js";

export type RevokePairingOptions = PairingOptions & {
  readonly pairId: string;
};

/**
 * Ends a pairing for good (`DELETE /sp/pairings/{pair_id}`). Asking again is harmless: the answer then says
 * `revoked: false` with the time of the first revocation.
 *
 * @throws PairError of kind `http`, `network` (time-out after 30 s by default) or `deserialise`.
 * @throws ConfigError when an argument is wrong; no request leaves.
 * @example
 * ```ts
 * await revokePairing({ octaneUrl, apiKey, pairId });
 * ```
 */
export async function revokePairing(options: RevokePairingOptions): Promise<Revocation> {
  checkOptions(options);
  const pairId = checkId("pairId", options.pairId);
  const request = { method: "DELETE", path: revokePairingPath(pairId) } as const;
  return pairCall("revokePairing", options, requestTimeoutMs, async (endpoint, attempt) =>
    decodeRevocation(await callJson(endpoint, request, attempt, { isOwn: isRefusal }), pairId),
  );
}
