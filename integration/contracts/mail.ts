import type { Address } from "viem";

export type Person = { readonly name: string; readonly wallets: readonly Address[] };
export type Mail = { readonly from: Person; readonly to: readonly Person[]; readonly contents: string };

const types = {
  Person: [
    { name: "name", type: "string" },
    { name: "wallets", type: "address[]" },
  ],
  Mail: [
    { name: "from", type: "Person" },
    { name: "to", type: "Person[]" },
    { name: "contents", type: "string" },
  ],
} as const;

/** The typed data that Verifier, deployed at `verifyingContract`, hashes for `message`. */
export const mailFor = (verifyingContract: Address, chainId: number, message: Mail) =>
  ({
    domain: { name: "Sigil Verifier", version: "1", chainId, verifyingContract },
    types,
    primaryType: "Mail",
    message,
  }) as const;
