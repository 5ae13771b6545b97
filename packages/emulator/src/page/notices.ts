/** What the page says once a form has been sent. The address of the page names one of these, never the words. */
export const notices = {
  scanned: "Scanned.",
  card_approved: "Pairing approved.",
  card_approved_without_code: "Pairing approved without a code: no code validates it.",
  card_rejected: "Pairing rejected.",
  expired: "The clock was moved on: the session has expired.",
  request_approved: "Signed.",
  request_rejected: "Signature rejected.",
  timed_out: "The clock was moved on: the user's time is up.",
  pair_revoked: "Pairing revoked.",
  online: "The appliance is online.",
  offline: "The appliance is offline.",
  appliance_added: "Appliance added.",
  advanced: "The clock was moved on.",
  reset: "Everything is as it was at the start.",
  sp_added: "Service provider added. Its keys are shown once.",
  sp_updated: "Service provider saved.",
  sp_removed: "Service provider removed.",
  api_key_added: "API key added. It is shown once.",
  api_key_removed: "API key removed.",
  signing_key_added: "Signing key added.",
  signing_key_removed: "Signing key removed.",
} as const;

/** The name of one of them. */
export type Notice = keyof typeof notices;

/** The words for a name, if it is one. */
export function noticeOf(name: string | null): string {
  return name !== null && Object.hasOwn(notices, name) ? notices[name as Notice] : "";
}
