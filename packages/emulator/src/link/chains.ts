import { base58 } from "@scure/base";

/** The chains of the protocol page, section Chains. The first seven share one address per wallet index. */
export const chains = [
  "ethereum",
  "polygon",
  "base",
  "arbitrum",
  "optimism",
  "bnb",
  "avalanche",
  "solana",
] as const;

/** The name of a chain as it travels. */
export type Chain = (typeof chains)[number];

/** The two signature algorithms of the protocol page. */
export const algos = ["secp256k1", "ed25519"] as const;

/** `secp256k1` for the EVM chains, `ed25519` for Solana. */
export type Algo = (typeof algos)[number];

/** Whether this is the name of a chain of the protocol page. */
export function isChain(name: string): name is Chain {
  return (chains as readonly string[]).includes(name);
}

/** The algorithm a chain's keys sign with. */
export function algoOf(chain: Chain): Algo {
  return chain === "solana" ? "ed25519" : "secp256k1";
}

/** Whether the text has the form of an EVM address, in whatever case. */
function isEvmAddress(address: string): boolean {
  return /^0x[0-9a-fA-F]{40}$/.test(address);
}

/** The algorithm an address's key signs with, or nothing where the text has the form of no address. */
export function algoOfAddress(address: string): Algo | undefined {
  if (isEvmAddress(address)) return "secp256k1";
  // 32 bytes are 32 to 44 characters; longer text is not even decoded, which takes quadratic time.
  if (!/^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(address)) return undefined;
  return base58.decode(address).length === 32 ? "ed25519" : undefined;
}

/** What two spellings of one address have in common: an EVM address is the same whatever its case. */
export function addressKey(address: string): string {
  return isEvmAddress(address) ? address.toLowerCase() : address;
}
