import type { PairState } from "../PairState.js";

const offering: readonly PairState["status"][] = ["overdue", "rejected", "expired", "error"];

/** Whether nobody has been paired so far and waiting alone does not help. */
export const offersNewCode = (status: PairState["status"]): boolean => offering.includes(status);
