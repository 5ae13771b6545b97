/** Waits for the user to interrupt, and gives the name of the signal. Without a signal it waits for ever. */
export async function interrupted(signal: AbortSignal | undefined): Promise<string> {
  if (signal?.aborted !== true) {
    await new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve(), { once: true }));
  }
  return typeof signal?.reason === "string" ? signal.reason : "SIGINT";
}
