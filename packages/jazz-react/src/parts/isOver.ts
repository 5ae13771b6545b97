import type { PairState } from "../PairState.js";

/** Whether nothing is left of the session's time. */
export const isOver = (status: PairState["status"]): boolean => status === "overdue" || status === "expired";
