/** The link of a session, in the form that phones open (protocol page, section Pairing). */
export function pairUriOf(sessionId: string): string {
  return `https://sigilvault.xyz/pair?session=${encodeURIComponent(sessionId)}`;
}
