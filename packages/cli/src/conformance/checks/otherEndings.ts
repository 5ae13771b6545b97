import { refused } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import { activePairing, asked, pairing } from "../pairings.js";
import { pairingPath, unknownId } from "../requests.js";
import { leaveSign, payloadOf, walletsOf } from "../signing.js";
import { all, same, Untried } from "../Verdict.js";

/** Pairings that end while their user decides, or by their owner. */
export const otherEndings: readonly Check[] = [
  ...checksOf("Routes", [
    [
      "revoke.unknown-404",
      "An unknown pairing cannot be revoked: 404 not_found.",
      async (octane) => refused(await octane.send("DELETE", pairingPath(unknownId)), 404, "not_found"),
    ],
    [
      "revoke.while-deciding",
      "If the pairing ends while its user decides, no signature leaves: 403 pair_revoked.",
      async (octane) => {
        const { pair_id } = await activePairing(octane, "second");
        const wallet = (await walletsOf(octane, pair_id)).find(({ sign }) => sign);
        if (wallet === undefined) throw new Untried("signing was not approved");
        const parts = { pair_id, ...wallet, payload: payloadOf("secp256k1") };
        const { answer } = await leaveSign(octane, parts, octane.settings.waitMs);
        await octane.send("DELETE", pairingPath(pair_id));
        return refused(await answer, 403, "pair_revoked");
      },
    ],
  ]),
  ...checksOf("Pairing", [
    [
      "revoke.by-owner",
      "A pairing that its owner revokes says so to whoever watches, and its wallets are 403.",
      async (octane) => {
        const { pair_id } = await pairing(octane, "uncoded");
        const watch = await octane.watch(pairingPath(pair_id, "/events"));
        await asked(octane.settings.approver.revoke(pair_id));
        const event = await watch.first(octane.settings.waitMs);
        watch.close();
        if (event === undefined) throw new Untried("nobody revoked the pairing in time");
        const listed = await octane.send("GET", pairingPath(pair_id, "/wallets"));
        return all(same("kind", "pair_revoked", event.data.kind), refused(listed, 403, "pair_revoked"));
      },
    ],
  ]),
];
