import { type Answer, describe } from "./Answer.js";
import { concat, encode, random, utf8 } from "./bytes.js";
import { algoOfChain } from "./forms.js";
import { asObjects } from "./Json.js";
import type { Probe } from "./Probe.js";
import { activePairing, asked } from "./pairings.js";
import { pairingPath, signPath } from "./requests.js";
import { Untried } from "./Verdict.js";
import type { ListedWallet, Wallet } from "./Wallet.js";
import type { Sending } from "./Wire.js";

/** What is to be signed. */
export type SignParts = Wallet & {
  readonly pair_id: string;
  readonly payload: Uint8Array;
};

/** The bytes the service provider and octane sign. */
export const envelope = (payload: Uint8Array, address: string): Uint8Array => concat(payload, utf8(address));

/** The body of a sign request, signed by the service provider; `changes` come last. */
export function signBody(octane: Probe, parts: SignParts, changes: object = {}): object {
  const { address, payload, chain, pair_id } = parts;
  const sp_signature = encode(octane.settings.spSign(envelope(payload, address)));
  return {
    address,
    payload: encode(payload),
    algo: algoOfChain[chain] ?? "secp256k1",
    sp_signature,
    pair_id,
    chain,
    ...changes,
  };
}

/** Sends what octane is to refuse without asking anybody. */
export function postSign(
  octane: Probe,
  parts: SignParts,
  changes: object = {},
  sending: Sending = {},
): Promise<Answer> {
  return octane.send("POST", signPath, { json: signBody(octane, parts, changes), ...sending });
}

/** Sends what the owner decides about. @throws Untried where nobody did. */
export async function askSign(
  octane: Probe,
  parts: SignParts,
  changes: object = {},
  decision: "approve" | "reject" = "approve",
  sending: Sending = {},
): Promise<Answer> {
  const { approver, waitMs } = octane.settings;
  if (octane.absent.has("sign")) throw new Untried("nobody decided about an earlier signature");
  await asked(approver.sign({ address: parts.address, payload: encode(parts.payload), decision }));
  try {
    const answer = await postSign(octane, parts, changes, { decideMs: waitMs, ...sending });
    if (answer.status !== 408) return answer;
    throw new Untried(`nobody decided about a signature: ${describe(answer)}`);
  } catch (error) {
    if (error instanceof Untried) octane.absent.add("sign");
    throw error;
  }
}

/** Sends what the owner leaves alone, and waits until the owner has it, or octane has answered. */
export async function leaveSign(
  octane: Probe,
  parts: SignParts,
  decideMs: number,
): Promise<{ readonly answer: Promise<Answer> }> {
  const { approver } = octane.settings;
  const prompt = { address: parts.address, payload: encode(parts.payload), decision: "leave" } as const;
  await asked(approver.sign(prompt));
  const answer = postSign(octane, parts, {}, { decideMs });
  await Promise.race([asked(approver.arrived(prompt)), answer]);
  return { answer };
}

/** Something to sign with the wallet of this algorithm, of the pairing that is signed with. @throws Untried */
export async function toSign(octane: Probe, algo: "secp256k1" | "ed25519"): Promise<SignParts> {
  const pair_id = await signingPairing(octane);
  const wallets = await walletsOf(octane, pair_id);
  const wallet = wallets.find(({ chain, sign }) => sign && algoOfChain[chain] === algo);
  if (wallet === undefined) throw new Untried(`the pairing has no ${algo} wallet that may sign`);
  const { address, chain } = wallet;
  return { pair_id, address, chain, payload: payloadOf(algo) };
}

/** Something new to sign. */
export function payloadOf(algo: "secp256k1" | "ed25519"): Uint8Array {
  if (algo === "secp256k1") return random(32);
  return utf8(`Sigil conformance ${crypto.randomUUID()}`);
}

/** The pairing that is signed with: the one that was named, or the main one. */
export async function signingPairing(octane: Probe): Promise<string> {
  return octane.settings.pairId ?? (await activePairing(octane, "main")).pair_id;
}

/** The wallets of a pairing as octane first listed them. @throws Untried where there is no list. */
export async function walletsOf(octane: Probe, pairId: string): Promise<readonly ListedWallet[]> {
  const known = octane.wallets.get(pairId);
  if (known !== undefined) return known;
  const answer = await octane.send("GET", pairingPath(pairId, "/wallets"));
  if (answer.status !== 200) throw new Untried(`the wallets could not be listed: ${describe(answer)}`);
  const wallets = asObjects(answer.body.entries).map(({ address, chain, sign, read }) => ({
    address: String(address),
    chain: String(chain),
    sign: sign === true,
    read: read === true,
  }));
  octane.wallets.set(pairId, wallets);
  return wallets;
}
