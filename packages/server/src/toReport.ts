import type { SigilProxyConfig } from "./SigilProxyConfig.js";

/** Tells the SP what went wrong behind an answer: by `onError`, or on the server's console. Never throws. */
export function toReport({ onError, apiKey }: SigilProxyConfig): (error: unknown) => void {
  const tell =
    onError ??
    ((error) => console.error(`@sigil/server: ${textOf(error)}`.replaceAll(apiKey, "[the API key]")));
  return (error) => {
    try {
      tell(error);
    } catch {
      // A log that fails must not take the answer with it.
    }
  };
}

/** Without what errors have beside their text: octane's answer is as it came. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? String(error);
  return error.cause === undefined ? own : `${own}\nCaused by ${textOf(error.cause)}`;
}
