import type { Mode } from "./detectMode.js";
import type { JazzPairLabels } from "./JazzPairProps.js";
import type { PairState } from "./PairState.js";

/** The line that says what is going on. */
export function statusText(state: PairState, mode: Mode | undefined, labels: JazzPairLabels): string {
  switch (state.status) {
    case "ready":
      return mode === "link" ? labels.tap : labels.scan;
    case "rejected":
      if (state.error.reason === "cancelled") return labels.cancelled;
      return state.error.reason === "wrong_validation_code" ? labels.wrongCode : labels.rejected;
    case "error":
      if (state.error.kind === "http" && state.error.status === 401) return labels.signedOut;
      return state.error.kind === "network" ? labels.offline : labels.error;
    default:
      return labels[state.status];
  }
}
