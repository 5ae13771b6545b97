import type { JazzPairLabels } from "./JazzPairProps.js";

const english: JazzPairLabels = {
  title: (name) => (name === undefined ? "Pair your Sigil" : `Pair your Sigil with ${name}`),
  idle: "Getting ready…",
  creating: "Getting a code…",
  scan: "Scan the QR code with Sunstorm, then type the code there.",
  tap: "Open Sunstorm and approve. It shows the same code.",
  opened: "Waiting for your approval in Sunstorm…",
  overdue: "The time is up. Asking how it ended…",
  complete: "Paired.",
  rejected: "The pairing was declined.",
  cancelled: "The pairing was cancelled.",
  wrongCode: "The code that was typed is not the one shown here.",
  expired: "The code has expired.",
  error: "Something went wrong.",
  offline: "No connection.",
  signedOut: "You are not signed in. Sign in to go on.",
  qr: "QR code for pairing with Sunstorm",
  code: "Code",
  timeLeft: "Time left",
  minuteLeft: "Less than a minute left.",
  secondsLeft: "Less than ten seconds left.",
  openApp: "Open Sunstorm",
  copy: "Copy link",
  copied: "Link copied.",
  copyFailed: "Copying failed. The link is selected: copy it yourself.",
  showQr: "Show a QR code",
  showLink: "Pair on this device",
  newCode: "New code",
  tryAgain: "Try again",
  check: "Ask again",
  cancel: "Cancel",
};

/** The page's words, and English where it has none: an explicit `undefined` is none as well. */
export function withEnglish(own: Partial<JazzPairLabels> = {}): JazzPairLabels {
  const given = Object.entries(own).filter(([, label]) => label !== undefined);
  return { ...english, ...Object.fromEntries(given) };
}
