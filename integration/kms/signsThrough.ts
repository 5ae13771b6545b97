import { AstrotrainClient, type SignerCallback, type SignResult } from "@sigil/astrotrain";
import { pairedEmulator } from "../promises/pairedEmulator.js";

/** Gives octane the signer's public key in place of the SP's first one, and has the appliance sign through it. */
export async function signsThrough(signer: SignerCallback): Promise<SignResult> {
  const { emulator, pairId, solanaAddress: address } = await pairedEmulator();
  const { id, apiKey, publicKey } = emulator.sp;
  const octaneUrl = "https://octane.test";
  const client = new AstrotrainClient({ octaneUrl, apiKey, signer, fetch: emulator.fetch });
  emulator.sps.addSigningKey(id, await client.getPublicKey());
  emulator.sps.removeSigningKey(id, publicKey);
  const payload = new TextEncoder().encode("hello");
  return await client.sign({ address, payload, algo: "ed25519", pairId });
}
