import { type Algo, algoOf, algoOfAddress, algos, type Chain } from "../link/chains.js";
import { badField, bytes, knownChain, objectOf, oneOf, optional, text } from "./fields.js";
import { Refusal } from "./refusal.js";

/** A sign request whose every field has the right form. */
export type SignRequest = {
  /** Exactly as it was sent: it is part of what is signed. */
  readonly address: string;
  readonly payload: Uint8Array;
  readonly algo: Algo;
  readonly sp_signature: Uint8Array;
  readonly pair_id?: string;
  readonly chain?: Chain;
};

/** Types first, then the chain's name, then the payload's length: the order of the protocol page. */
export function readSignRequest(body: unknown): SignRequest {
  const source = objectOf(body, "");
  const address = text(source, "address");
  const payload = bytes(source, "payload");
  const algo = oneOf(source, "algo", algos);
  const sp_signature = bytes(source, "sp_signature", 64);
  const pair_id = optional(source, "pair_id", text);
  const chainName = optional(source, "chain", text);
  const fitting = algoOfAddress(address) ?? algo;
  if (fitting !== algo) badField("algo", `must be "${fitting}" for this address`);
  const chain = chainName === undefined ? undefined : knownChain(chainName, "chain");
  if (chain !== undefined && algoOf(chain) !== algo)
    badField("algo", `must be "${algoOf(chain)}" on ${chain}`);
  if (algo === "secp256k1" && payload.length !== 32) {
    throw new Refusal(
      "payload_length",
      `payload must be the 32-byte digest for secp256k1, not ${payload.length} bytes: hash before signing.`,
    );
  }
  return {
    address,
    payload,
    algo,
    sp_signature,
    ...(pair_id === undefined ? {} : { pair_id }),
    ...(chain === undefined ? {} : { chain }),
  };
}
