import { refused } from "../Answer.js";
import { encode, random } from "../bytes.js";
import { type Check, checksOf } from "../Check.js";
import { pairing, wrongCode } from "../pairings.js";
import { pairingPath, postCode } from "../requests.js";
import { postSign } from "../signing.js";
import { mainParts } from "./pending.js";
import { revoked } from "./revocation.js";

/** What a revoked pairing is refused. */
export const afterRevocation: readonly Check[] = [
  ...checksOf("Pairing", [
    [
      "revoke.sign-403",
      "A revoked pairing does not sign: 403 pair_revoked.",
      async (octane) => {
        await revoked(octane);
        return refused(await postSign(octane, await mainParts(octane)), 403, "pair_revoked");
      },
    ],
    [
      "revoke.wallets-403",
      "The wallets of a revoked pairing are 403 pair_revoked.",
      async (octane) => {
        const { pair_id } = await revoked(octane);
        return refused(await octane.send("GET", pairingPath(pair_id, "/wallets")), 403, "pair_revoked");
      },
    ],
  ]),
  ...checksOf("Refusals", [
    [
      "order.sign.bad_sp_signature-revoked",
      "bad_sp_signature is decided before pair_revoked.",
      async (octane) => {
        await revoked(octane);
        const forged = { sp_signature: encode(random(64)) };
        return refused(await postSign(octane, await mainParts(octane), forged), 403, "bad_sp_signature");
      },
    ],
    [
      "order.sign.pair_revoked",
      "pair_revoked is decided before scope_denied.",
      async (octane) => {
        await revoked(octane);
        return refused(
          await postSign(octane, await mainParts(octane), { chain: "bnb" }),
          403,
          "pair_revoked",
        );
      },
    ],
    [
      "order.validate.pair_revoked",
      "pair_revoked is decided before wrong_validation_code.",
      async (octane) => {
        const { pair_id } = await revoked(octane);
        const { code } = await pairing(octane, "main");
        return refused(await postCode(octane, pair_id, wrongCode(code)), 403, "pair_revoked");
      },
    ],
  ]),
];
