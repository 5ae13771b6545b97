import type { Exchange, Handled } from "./Kind.js";

/** Where the fault says so, octane does what it was asked, and its answer is lost. */
export async function handleIf({ handled = false }: Handled, exchange: Exchange): Promise<void> {
  if (!handled) return;
  const response = await exchange.handle();
  await response.body?.cancel();
}
