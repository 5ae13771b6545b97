import { type Answer, allRefused } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import { activePairing, asked } from "../pairings.js";
import { postCode } from "../requests.js";
import { postSign } from "../signing.js";
import { Untried } from "../Verdict.js";
import { mainParts } from "./pending.js";

/** An appliance that cannot be reached. */
export const offline: readonly Check[] = checksOf("Refusals", [
  [
    "offline.503",
    "While the appliance cannot be reached, codes and signatures are 503 appliance_offline.",
    async (octane) => {
      const { setOnline } = octane.settings.approver;
      if (setOnline === undefined) throw new Untried("the appliance cannot be taken offline from here");
      const { pair_id, code } = await activePairing(octane, "main");
      const parts = await mainParts(octane);
      await asked(setOnline(false));
      let answers: readonly Answer[];
      try {
        answers = [await postCode(octane, pair_id, code), await postSign(octane, parts)];
      } finally {
        await asked(setOnline(true));
      }
      return allRefused(answers, 503, "appliance_offline");
    },
  ],
]);
