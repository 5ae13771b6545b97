import type { ReactElement, ReactNode } from "react";
import type { Mode } from "../detectMode.js";
import type { JazzPairLabels } from "../JazzPairProps.js";
import type { PairState } from "../PairState.js";
import type { JazzPairControls } from "../useJazzPair.js";
import { canCancel } from "./canCancel.js";
import { canJoin } from "./canJoin.js";
import { offersNewCode } from "./offersNewCode.js";

type Props = Pick<JazzPairControls, "renew" | "check" | "cancel"> & {
  readonly state: PairState;
  readonly mode: Mode | undefined;
  readonly labels: JazzPairLabels;
  readonly onMode: (mode: Mode) => void;
};

type ButtonProps = { readonly part: string; readonly onClick: () => void; readonly children: ReactNode };

const Button = ({ part, onClick, children }: ButtonProps): ReactElement => (
  <button type="button" data-part={part} onClick={onClick}>
    {children}
  </button>
);

/** What the user can do about a state. */
export function Actions({ state, mode, labels, onMode, renew, check, cancel }: Props): ReactElement {
  const { status } = state;
  const isUnopened = status === "error" && state.session === undefined;
  const isUnsettled = status === "overdue" || (status === "error" && !isUnopened);
  return (
    <div data-part="actions">
      {canJoin(state) && (
        <Button part="switch-mode" onClick={() => onMode(mode === "link" ? "qr" : "link")}>
          {mode === "link" ? labels.showQr : labels.showLink}
        </Button>
      )}
      {offersNewCode(status) && (
        <Button part="new-code" onClick={renew}>
          {isUnopened ? labels.tryAgain : labels.newCode}
        </Button>
      )}
      {isUnsettled && (
        <Button part="check" onClick={check}>
          {labels.check}
        </Button>
      )}
      {canCancel(state) && (
        <Button part="cancel" onClick={cancel}>
          {labels.cancel}
        </Button>
      )}
    </div>
  );
}
