import {
  awaitPairResult,
  createPairSession,
  mintValidationCode,
  validateSpKey,
} from "@sigil/astrotrain/pairing";
import type { Emulator } from "@sigil/emulator";

/** Pairs with the emulator's appliance, all EVM wallets, and makes the pair active. */
export async function pair(emulator: Emulator): Promise<string> {
  const access = { octaneUrl: "https://octane.example", apiKey: emulator.sp.apiKey, fetch: emulator.fetch };
  const code = mintValidationCode();
  const { session_id, pair_uri } = await createPairSession({
    ...access,
    spUserRef: "user-42",
    requestedScopes: [{ chain: "ethereum", access: "sign" }],
  });
  await emulator.appliance.open(`${pair_uri}&v=${code}`);
  const { pair_id } = await awaitPairResult({ ...access, sessionId: session_id });
  await validateSpKey({ ...access, pairId: pair_id, code });
  return pair_id;
}
