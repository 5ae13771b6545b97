/** The cause when octane answered with a redirect that `fetch` handed on instead of refusing it itself. */
export const redirectRefused = (): Error => new Error("octane answered with a redirect, which is refused");

/** Whether a network failure is a refused redirect, by us or by the runtime's own `fetch`: asking again is no use. */
export function isRedirectRefusal(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const inner = cause.cause instanceof Error ? cause.cause.message : "";
  return cause.message === redirectRefused().message || inner === "unexpected redirect";
}
