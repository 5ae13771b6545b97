import { validateSpKey } from "@sigil/astrotrain";
import type { Show } from "../show.js";
import type { Sigil } from "./startSigil.js";

/** Until then the pair is pending, and octane signs nothing for it. */
export const validateCode = (show: Show, { access }: Sigil, pairId: string, code: string): Promise<void> =>
  show.step("The appliance signed the validation code: the pair is active", async () => {
    await validateSpKey({ ...access, pairId, code });
  });
