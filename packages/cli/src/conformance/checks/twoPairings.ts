import { allRefused, answered, refused } from "../Answer.js";
import { encode, random } from "../bytes.js";
import { type Check, checksOf } from "../Check.js";
import type { Probe } from "../Probe.js";
import { activation, activePairing, pairing } from "../pairings.js";
import { postSign, type SignParts, walletsOf } from "../signing.js";
import { all, Untried } from "../Verdict.js";
import { mainParts } from "./pending.js";
import { postWrong } from "./postWrong.js";

/** One address in two active pairings. */
export const twoPairings: readonly Check[] = [
  ...checksOf("Pairing", [
    [
      "validate.two-wrong",
      "After two wrong codes the right one still counts.",
      async (octane) => {
        const { pair_id, code } = await pairing(octane, "second");
        const wrong = await postWrong(octane, pair_id, code, 2);
        const right = await activation(octane, "second");
        return all(allRefused(wrong, 403, "wrong_validation_code"), answered(right, 200));
      },
    ],
  ]),
  ...checksOf("Routes", [
    [
      "sign.pair-id-required",
      "Where two active pairings hold the address, a request without pair_id is 400 pair_id_required.",
      async (octane) =>
        refused(
          await postSign(octane, await shared(octane), { pair_id: undefined }),
          400,
          "pair_id_required",
        ),
    ],
  ]),
  ...checksOf("Refusals", [
    [
      "order.sign.pair_id_required",
      "pair_id_required is decided before bad_sp_signature.",
      async (octane) => {
        const changes = { pair_id: undefined, sp_signature: encode(random(64)) };
        return refused(await postSign(octane, await shared(octane), changes), 400, "pair_id_required");
      },
    ],
  ]),
];

async function shared(octane: Probe): Promise<SignParts> {
  await activePairing(octane, "main");
  const parts = await mainParts(octane);
  const { pair_id } = await activePairing(octane, "second");
  const wallets = await walletsOf(octane, pair_id);
  if (wallets.some(({ address }) => address === parts.address)) return parts;
  throw new Untried("the two pairings were approved for different wallets");
}
