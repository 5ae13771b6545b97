import type { JazzPairOptions } from "./PairFlowOptions.js";

/** Every word that the widget shows or has read out. */
export type JazzPairLabels = {
  /** The widget's name. `name` is `spName`, where it is given. */
  readonly title: (name: string | undefined) => string;
  readonly idle: string;
  readonly creating: string;
  /** What to do with the QR code. */
  readonly scan: string;
  /** What to do with the link. */
  readonly tap: string;
  readonly opened: string;
  readonly overdue: string;
  readonly complete: string;
  readonly rejected: string;
  readonly cancelled: string;
  readonly wrongCode: string;
  readonly expired: string;
  /** Your server or octane failed. */
  readonly error: string;
  /** Your server was not reached. */
  readonly offline: string;
  /** Your server answered 401. */
  readonly signedOut: string;
  /** The name of the QR code, for those who don't see it. */
  readonly qr: string;
  /** Stands before the code. */
  readonly code: string;
  /** Stands before the time that is left. */
  readonly timeLeft: string;
  /** Announced once, with less than a minute left. */
  readonly minuteLeft: string;
  /** Announced once, with less than ten seconds left. */
  readonly secondsLeft: string;
  readonly openApp: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly showQr: string;
  readonly showLink: string;
  readonly newCode: string;
  /** In the place of `newCode`, where there has been no code yet. */
  readonly tryAgain: string;
  readonly check: string;
  readonly cancel: string;
};

export type JazzPairProps = JazzPairOptions & {
  /** How the phone app names you, so that the user can compare. */
  readonly spName?: string | undefined;
  /**
   * What is shown first: a QR code, or a link to tap. The user can always change over. By default the link on phones and
   * tablets, and the QR code elsewhere.
   */
  readonly mode?: "auto" | "qr" | "link" | undefined;
  /** Your own words, all or some. */
  readonly labels?: Partial<JazzPairLabels> | undefined;
  /** For the digits of the time that is left, as a BCP 47 tag. By default the browser's. */
  readonly locale?: string | undefined;
  /** Added to the root element. */
  readonly className?: string | undefined;
};
