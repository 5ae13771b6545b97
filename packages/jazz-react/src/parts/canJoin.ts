import type { PairState } from "../PairState.js";

/** Whether a phone can join the session of this state: its code can be scanned and its link tapped. */
export const canJoin = (
  state: PairState,
): state is Extract<PairState, { readonly status: "ready" | "opened" }> =>
  state.status === "ready" || state.status === "opened";
