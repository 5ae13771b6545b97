/** The proxy's route for a session. `octaneUrl` may be a path, so the parts are joined as text. */
export function sessionUrl(octaneUrl: string, sessionId: string, action: "result" | "cancel"): string {
  const base = octaneUrl.replace(/\/+$/, "");
  return `${base}/sp/pair/sessions/${encodeURIComponent(sessionId)}/${action}`;
}
