import { isPairRevoked, revokePairing, SignError, subscribeToEvents } from "@sigil/astrotrain";
import type { SigilSigner } from "@sigil/solana";
import type { SigilAccount } from "@sigil/viem";
import { createSignableMessage } from "@solana/kit";
import { BaseError } from "viem";
import type { Show } from "../show.js";
import type { Sigil } from "./startSigil.js";

/** Ends the pair, and shows that octane means it. */
export async function revoke(
  show: Show,
  { access }: Sigil,
  pairId: string,
  account: SigilAccount,
  signer: SigilSigner,
): Promise<void> {
  await show.step("Pairing revoked, and the event received", async ({ fact }) => {
    const [event] = await Promise.all([
      subscribeToEvents({ ...access, pairId }),
      revokePairing({ ...access, pairId }),
    ]);
    if (!isPairRevoked(event)) throw new Error(`the event is ${event.kind}.`);
    fact(new Date(event.revoked_at_ms).toISOString());
  });

  await expectRefused(show, "Ethereum", () => account.signMessage({ message: "once more" }));
  await expectRefused(show, "Solana", () => signer.signMessages([createSignableMessage("once more")]));
}

const expectRefused = (show: Show, chain: string, sign: () => Promise<unknown>): Promise<void> =>
  show.step(`The next ${chain} signature is refused`, async ({ fact }) => {
    const refusal = await sign().then(() => undefined, signErrorIn);
    if (refusal?.kind !== "http" || refusal.code !== "pair_revoked") throw new Error("it is not.");
    fact(`${refusal.status} ${refusal.code}`);
  });

function signErrorIn(error: unknown): SignError | undefined {
  const cause = error instanceof BaseError ? error.walk((each) => each instanceof SignError) : error;
  return cause instanceof SignError ? cause : undefined;
}
