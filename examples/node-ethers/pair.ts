import { createEmulator } from "@sigil/emulator";
import { AstrotrainClient, pairing } from "@sigil/ethers";

const { SIGIL_OCTANE_URL: octaneUrl, SIGIL_API_KEY: apiKey, SIGIL_SP_SEED: seed } = process.env;

/** Octane and an appliance in this process, unless the environment names others. */
const emulator = octaneUrl === undefined ? createEmulator() : undefined;

const octane =
  emulator === undefined
    ? { octaneUrl: required("SIGIL_OCTANE_URL", octaneUrl), apiKey: required("SIGIL_API_KEY", apiKey) }
    : { octaneUrl: "https://octane.test", apiKey: emulator.sp.apiKey, fetch: emulator.fetch };

/** Pairs with one user, and gives what a signer is made of. Done once for each user: keep the pair's id and the address. */
export async function pair(requestedScopes: readonly pairing.RequestedScope[]) {
  const code = pairing.mintValidationCode();
  const session = await pairing.createPairSession({ ...octane, spUserRef: "user-42", requestedScopes });
  console.log(`The phone app opens ${session.pair_uri} and asks for the code ${code}.`);
  await emulator?.appliance.open(session.pair_uri, { code }); // the emulated owner does, and approves
  const { pair_id: pairId } = await pairing.awaitPairResult({ ...octane, sessionId: session.session_id });
  await pairing.validateSpKey({ ...octane, pairId, code });
  const { entries } = await pairing.getEnabledWallets({ ...octane, pairId });
  const privateKeySeed = emulator?.sp.privateKeySeed ?? required("SIGIL_SP_SEED", seed);
  return { client: new AstrotrainClient({ ...octane, privateKeySeed }), pairId, entries };
}

function required(name: string, value: string | undefined): string {
  if (value === undefined) throw new Error(`${name} is not set: octane needs it.`);
  return value;
}
