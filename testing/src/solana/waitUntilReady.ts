import { setTimeout as sleep } from "node:timers/promises";

const pauseMs = 50;
const requestTimeoutMs = 2_000;

export type Waiting = {
  /** The slot that it starts with. */
  readonly after: number;
  readonly timeoutMs: number;
  /** Resolves when its process ends. */
  readonly exited: Promise<void>;
};

/**
 * Asks the validator until it is healthy and has confirmed a block of its own: before, it may drop transactions.
 *
 * @throws Error if it exits first, or time runs out.
 */
export async function waitUntilReady(rpcUrl: string, { after, timeoutMs, exited }: Waiting): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let gone = false;
  void exited.then(() => {
    gone = true;
  });
  while (!gone && Date.now() < deadline) {
    if (await isReady(rpcUrl, after)) return;
    await Promise.race([sleep(pauseMs), exited]);
  }
  throw new Error(gone ? "exited before it was ready" : `was not ready within ${timeoutMs} ms`);
}

async function isReady(rpcUrl: string, after: number): Promise<boolean> {
  if ((await ask(rpcUrl, "getHealth")) !== "ok") return false;
  const slot = await ask(rpcUrl, "getSlot", [{ commitment: "confirmed" }]);
  return typeof slot === "number" && slot > after;
}

async function ask(rpcUrl: string, method: string, params: readonly unknown[] = []): Promise<unknown> {
  try {
    const response = await fetch(rpcUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    return ((await response.json()) as { readonly result?: unknown }).result;
  } catch {
    return undefined; // Not listening yet.
  }
}
