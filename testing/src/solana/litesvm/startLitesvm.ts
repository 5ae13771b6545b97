import type { SolanaChain } from "../solanaChain.js";
import { createChain } from "./chain.js";
import { serve } from "./server.js";

export type Litesvm = SolanaChain & { readonly kind: "litesvm" };

const slotMs = 400;

/**
 * Starts litesvm in this process, behind the part of Solana's JSON-RPC that clients need to send transactions.
 * It runs programs and verifies signatures as a validator does, but it has no forks, no votes, no priority fees and
 * one level of confirmation: a transaction is final with its block, and each transaction has a block of its own.
 */
export async function startLitesvm(): Promise<Litesvm> {
  const chain = createChain();
  const server = await serve(chain);
  // Time passes without transactions too: blockhashes run out, clients wait for slots.
  const timer = setInterval(() => chain.blocks.seal(), slotMs).unref();
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= server.close().then(() => clearInterval(timer));
    return stopping;
  };
  const host = `127.0.0.1:${server.port}`;
  return { kind: "litesvm", rpcUrl: `http://${host}`, wsUrl: `ws://${host}`, stop };
}
