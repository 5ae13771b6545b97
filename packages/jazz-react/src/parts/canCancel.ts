import type { PairState } from "../PairState.js";
import { canJoin } from "./canJoin.js";

/** Whether there is something to cancel: a session that is being opened, or one that may be open. */
export const canCancel = (state: PairState): boolean =>
  state.status === "creating" || canJoin(state) || (state.status === "error" && state.session !== undefined);
