import { checkId, checkOptions } from "../internal/arguments.js";
import { callJson } from "../transport/callJson.js";
import { decodeEnabledWallets, type EnabledWallets, enabledWalletsPath } from "../wire/enabledWallets.js";
import { type PairingOptions, pairCall, requestTimeoutMs } from "./pairCall.js";

export type GetEnabledWalletsOptions = PairingOptions & {
  readonly pairId: string;
};

/**
 * The wallets of a pair, with their addresses and what the pair may do with each (`GET /sp/pairings/{pair_id}/wallets`).
 *
 * @throws PairError of kind `http` (403 once revoked), `network` (time-out after 30 s by default) or `deserialise`.
 * @throws ConfigError when an argument is wrong; no request leaves.
 * @example
 * ```ts
 * const { entries } = await getEnabledWallets({ octaneUrl, apiKey, pairId });
 * const signable = entries.filter((entry) => entry.sign);
 * ```
 */
export async function getEnabledWallets(options: GetEnabledWalletsOptions): Promise<EnabledWallets> {
  checkOptions(options);
  const path = enabledWalletsPath(checkId("pairId", options.pairId));
  return pairCall("getEnabledWallets", options, requestTimeoutMs, async (endpoint, attempt) =>
    decodeEnabledWallets(await callJson(endpoint, { method: "GET", path }, attempt)),
  );
}
