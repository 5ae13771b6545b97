/**
 * Calls back when somebody looks at the page again: another tab or the phone app was in front, the browser brings the page
 * back from its cache, or the network is there again. What was going on before may have been cut without a word.
 */
export function onReturn(run: () => void): () => void {
  const seen = (): void => {
    if (document.visibilityState === "visible") run();
  };
  const shown = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) run();
  };
  document.addEventListener("visibilitychange", seen);
  window.addEventListener("pageshow", shown);
  window.addEventListener("online", run);
  return () => {
    document.removeEventListener("visibilitychange", seen);
    window.removeEventListener("pageshow", shown);
    window.removeEventListener("online", run);
  };
}
