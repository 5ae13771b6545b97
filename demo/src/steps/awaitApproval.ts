import { awaitPairResult } from "@sigil/astrotrain";
import type { Show } from "../show.js";
import type { Session } from "./openSession.js";
import type { Sigil } from "./startSigil.js";

/** Waits for the user, and hands back the id of the pair. */
export const awaitApproval = (show: Show, { access, phone }: Sigil, session: Session): Promise<string> =>
  show.step("The user approved", async ({ fact }) => {
    const [result] = await Promise.all([
      awaitPairResult({ ...access, sessionId: session.id }),
      phone.pair(session.link, session.code),
    ]);
    fact(`pair ${result.pair_id}`);
    return result.pair_id;
  });
