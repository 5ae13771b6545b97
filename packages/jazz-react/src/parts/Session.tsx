import type { ReactElement } from "react";
import type { Mode } from "../detectMode.js";
import type { JazzPairLabels } from "../JazzPairProps.js";
import type { OpenSession } from "../PairState.js";
import { CopyLink } from "./CopyLink.js";
import { QrCode } from "./QrCode.js";
import { Timer } from "./Timer.js";
import type { Notice } from "./useNotice.js";

type Props = {
  readonly session: OpenSession;
  readonly mode: Mode | undefined;
  readonly labels: JazzPairLabels;
  readonly locale: string | undefined;
  readonly notice: Notice | undefined;
  readonly say: (notice: Notice) => void;
  readonly onOpen: () => void;
};

/** What a session is joined with. */
export function Session({ session, mode, labels, locale, notice, say, onOpen }: Props): ReactElement {
  const { code, expiresAt, link, qrUri, shareLink } = session;
  return (
    <>
      {mode === "link" ? (
        // A plain link that is there before the tap: phones hand it to the app only if no script comes in between.
        <a data-part="open-app" href={link} rel="noreferrer" onClick={onOpen}>
          {labels.openApp}
        </a>
      ) : (
        <QrCode text={qrUri} label={labels.qr} />
      )}
      {code !== undefined && (
        <p data-part="code">
          {labels.code} <strong>{code}</strong>
        </p>
      )}
      {expiresAt !== undefined && <Timer expiresAt={expiresAt} label={labels.timeLeft} locale={locale} />}
      <CopyLink link={shareLink} labels={labels} notice={notice} say={say} />
    </>
  );
}
