// The token program's instructions as web3.js takes them, by the program's own layout.
import { type AccountMeta, PublicKey, SystemProgram, TransactionInstruction } from "@solana/web3.js";

export const programId = new PublicKey("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
export const mintSize = 82;

const associatedProgramId = new PublicKey("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");

/** The address of the owner's account for the token. */
export function accountOf(mint: PublicKey, owner: PublicKey): PublicKey {
  const seeds = [owner, programId, mint].map((key) => key.toBytes());
  return PublicKey.findProgramAddressSync(seeds, associatedProgramId)[0];
}

export const initializeMint = (mint: PublicKey, authority: PublicKey, decimals: number) =>
  // InitializeMint2, with no freeze authority.
  instruction([writable(mint)], [20, decimals, ...authority.toBytes(), 0]);

export const openAccount = (payer: PublicKey, mint: PublicKey, owner: PublicKey) =>
  new TransactionInstruction({
    programId: associatedProgramId,
    keys: [
      { ...writable(payer), isSigner: true },
      writable(accountOf(mint, owner)),
      ...[owner, mint, SystemProgram.programId, programId].map(readonly),
    ],
  });

export const mintTo = (mint: PublicKey, to: PublicKey, authority: PublicKey, amount: bigint) =>
  instruction([writable(mint), writable(to), signer(authority)], [7, ...u64(amount)]);

export const transfer = (from: PublicKey, to: PublicKey, owner: PublicKey, amount: bigint) =>
  instruction([writable(from), writable(to), signer(owner)], [3, ...u64(amount)]);

const instruction = (keys: AccountMeta[], data: readonly number[]) =>
  new TransactionInstruction({ programId, keys, data: Buffer.from(data) });

const readonly = (pubkey: PublicKey): AccountMeta => ({ pubkey, isSigner: false, isWritable: false });
const writable = (pubkey: PublicKey): AccountMeta => ({ pubkey, isSigner: false, isWritable: true });
const signer = (pubkey: PublicKey): AccountMeta => ({ pubkey, isSigner: true, isWritable: false });

function u64(value: bigint): readonly number[] {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return [...bytes];
}
