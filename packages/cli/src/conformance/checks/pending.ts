import { answered, refused } from "../Answer.js";
import { encode, random } from "../bytes.js";
import { type Check, checksOf } from "../Check.js";
import type { Probe } from "../Probe.js";
import { pairing } from "../pairings.js";
import { pairingPath } from "../requests.js";
import { payloadOf, postSign, type SignParts, walletsOf } from "../signing.js";
import { Untried } from "../Verdict.js";

/** A pairing that waits for its validation code. */
export const pending: readonly Check[] = [
  ...checksOf("Pairing", [
    [
      "pairing.pending-wallets",
      "The wallets of a pending pairing can be listed.",
      async (octane) => {
        const { pair_id } = await pairing(octane, "main");
        return answered(await octane.send("GET", pairingPath(pair_id, "/wallets")), 200);
      },
    ],
    [
      "pairing.pending-sign-403",
      "A pending pairing does not sign: 403 pair_pending.",
      async (octane) => refused(await postSign(octane, await mainParts(octane)), 403, "pair_pending"),
    ],
  ]),
  ...checksOf("Refusals", [
    [
      "order.sign.bad_sp_signature-pending",
      "bad_sp_signature is decided before pair_pending.",
      async (octane) => {
        const forged = { sp_signature: encode(random(64)) };
        return refused(await postSign(octane, await mainParts(octane), forged), 403, "bad_sp_signature");
      },
    ],
    [
      "order.sign.pair_pending",
      "pair_pending is decided before scope_denied.",
      async (octane) =>
        refused(await postSign(octane, await mainParts(octane), { chain: "bnb" }), 403, "pair_pending"),
    ],
  ]),
];

/** What the main pairing could sign, were it active. @throws Untried */
export async function mainParts(octane: Probe): Promise<SignParts> {
  const { pair_id } = await pairing(octane, "main");
  const wallets = await walletsOf(octane, pair_id);
  const wallet = wallets.find(({ chain, sign }) => sign && chain === "ethereum");
  if (wallet === undefined) throw new Untried("signing on ethereum was not approved");
  return { pair_id, address: wallet.address, chain: wallet.chain, payload: payloadOf("secp256k1") };
}
