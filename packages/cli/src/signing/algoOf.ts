import type { SignAlgo } from "@sigil/astrotrain";
import { CliError } from "../errors/CliError.js";
import { keyOf } from "./keyOf.js";

/**
 * The algorithm of an address's key. An address of neither form could not be held against a signature.
 *
 * @throws CliError where it is none, or `wanted` is not its algorithm: nobody is asked to approve what would be refused.
 */
export function algoOf(address: string, wanted: SignAlgo | undefined): SignAlgo {
  const found = algoByForm(address);
  if (found === undefined) {
    const next =
      "Give 0x and 40 hexadecimal digits, or 32 bytes in base58 for Solana: sigil wallets lists them.";
    throw new CliError("bad_option", "--address is no address.", next);
  }
  if (wanted === undefined || wanted === found) return found;
  const what = `--algo ${wanted} does not fit --address, whose key is ${found}.`;
  throw new CliError("bad_option", what, "Leave --algo out: it comes from the address.");
}

function algoByForm(address: string): SignAlgo | undefined {
  if (/^0x[0-9a-f]{40}$/i.test(address)) return "secp256k1";
  return keyOf(address)?.length === 32 ? "ed25519" : undefined;
}
