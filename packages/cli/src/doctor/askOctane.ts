import { randomUUID } from "node:crypto";
import { ConfigError, PairError } from "@sigil/astrotrain";
import { getEnabledWallets, type PairingOptions } from "@sigil/astrotrain/pairing";

/** What one question to octane showed. */
export type Asked = {
  /** Nothing where it listed the pair's wallets. */
  readonly error?: PairError | ConfigError;
  /** Its clock as of the answer, in milliseconds since 1970. */
  readonly dateMs?: number;
  /** Ours at that moment. */
  readonly nowMs: number;
  readonly emulator: boolean;
};

/** How long octane may take. */
const timeoutMs = 10_000;

/**
 * Asks for a pair's wallets, which changes nothing and needs the API key alone. Of a pair that nobody has octane says that
 * it is unknown: that too is an answer to a key that is right.
 */
export async function askOctane(octane: PairingOptions, pairId: string = randomUUID()): Promise<Asked> {
  const heard: { response?: Response; atMs?: number } = {};
  const { fetch = globalThis.fetch } = octane;
  const listening: typeof fetch = async (input, init) => {
    heard.response = await fetch(input, init);
    heard.atMs = Date.now();
    return heard.response;
  };
  const error = await failureOf(getEnabledWallets({ ...octane, pairId, fetch: listening, timeoutMs }));
  const dateMs = Date.parse(heard.response?.headers.get("date") ?? "");
  return {
    ...(error === undefined ? {} : { error }),
    ...(Number.isNaN(dateMs) ? {} : { dateMs }),
    nowMs: heard.atMs ?? Date.now(),
    emulator: heard.response?.headers.has("x-sigil-emulator") === true,
  };
}

async function failureOf(call: Promise<unknown>): Promise<PairError | ConfigError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof PairError || error instanceof ConfigError) return error;
    throw error;
  }
}
