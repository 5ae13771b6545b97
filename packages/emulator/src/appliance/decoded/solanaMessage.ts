import { base58 } from "@scure/base";
import { plainText } from "./plainText.js";

/** One instruction of a transaction, as far as it can be read without the chain. */
export type DecodedInstruction = {
  /** Address of the program. */
  readonly program: string;
  /** The program's well-known name, such as `System`. */
  readonly name?: string;
  /** Addresses; `lookup 3` where only the chain's tables know it. */
  readonly accounts: readonly string[];
  /** What an instruction of the System program moves, as a decimal number. */
  readonly lamports?: string;
  /** Where that goes; of a withdrawal from a nonce account, too. */
  readonly to?: string;
  /** What an instruction of the Memo program says. */
  readonly memo?: string;
};

/** What a Solana transaction does, as far as it can be read without the chain. */
export type TransactionSummary = {
  readonly fee_payer: string;
  readonly instructions: readonly DecodedInstruction[];
};

const programs: Readonly<Record<string, string>> = {
  "11111111111111111111111111111111": "System",
  TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA: "Token",
  TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb: "Token-2022",
  ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL: "Associated Token Account",
  MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr: "Memo",
  ComputeBudget111111111111111111111111111111: "Compute Budget",
  Stake11111111111111111111111111111111111111: "Stake",
  Vote111111111111111111111111111111111111111: "Vote",
  AddressLookupTab1e1111111111111111111111111: "Address Lookup Table",
  BPFLoaderUpgradeab1e11111111111111111111111: "BPF Upgradeable Loader",
};

class Unreadable extends Error {}

/** Reads a transaction message, legacy or version 0, to its last byte; nothing where the bytes are none. */
export function readSolanaMessage(bytes: Uint8Array): TransactionSummary | undefined {
  try {
    return readMessage(readerOf(bytes));
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

type Reader = {
  take(count: number): Uint8Array;
  byte(): number;
  count(): number;
  peek(): number;
  left(): number;
};

function readerOf(bytes: Uint8Array): Reader {
  let at = 0;
  const take = (count: number): Uint8Array => {
    if (at + count > bytes.length) throw new Unreadable();
    at += count;
    return bytes.subarray(at - count, at);
  };
  const byte = (): number => take(1)[0] ?? 0;
  /** Compact-u16: seven bits a byte, lowest first, three bytes at most. */
  const count = (): number => {
    let value = 0;
    for (const shift of [0, 7, 14]) {
      const next = byte();
      value |= (next & 0x7f) << shift;
      if (next < 0x80) return value;
    }
    throw new Unreadable();
  };
  return { take, byte, count, peek: () => bytes[at] ?? 0, left: () => bytes.length - at };
}

function readMessage(reader: Reader): TransactionSummary {
  const version = reader.peek() >= 0x80 ? reader.byte() & 0x7f : undefined;
  if (version !== undefined && version !== 0) throw new Unreadable();
  const [signers = 0, readonlySigners = 0, readonlyOthers = 0] = reader.take(3);
  const keys = list(reader, () => base58.encode(reader.take(32)));
  const [fee_payer] = keys;
  const sound = readonlySigners < signers && signers + readonlyOthers <= keys.length;
  if (!sound || fee_payer === undefined) throw new Unreadable();
  reader.take(32); // the recent blockhash
  const instructions = list(reader, () => readInstruction(reader, keys));
  if (version === 0) list(reader, () => readLookup(reader));
  if (reader.left() > 0) throw new Unreadable();
  return { fee_payer, instructions };
}

function list<T>(reader: Reader, read: () => T): T[] {
  return Array.from({ length: reader.count() }, read);
}

function readInstruction(reader: Reader, keys: readonly string[]): DecodedInstruction {
  const program = keys[reader.byte()];
  if (program === undefined) throw new Unreadable();
  const accounts = Array.from(
    reader.take(reader.count()),
    (index) => keys[index] ?? `lookup ${index - keys.length}`,
  );
  const data = reader.take(reader.count());
  const name = programs[program];
  return {
    program,
    ...(name === undefined ? {} : { name }),
    accounts,
    ...transfer(name, accounts, data),
    ...memoOf(name, data),
  };
}

/** Where the lamports stand in the data of those instructions of the System program that move some, by their number. */
const lamportsAt: Readonly<Record<number, (data: DataView) => number>> = {
  0: () => 4, // CreateAccount
  2: () => 4, // Transfer
  // CreateAccountWithSeed: after the base, and a seed whose length precedes it as eight bytes.
  3: (data) => (data.byteLength < 44 ? 44 : 44 + Number(data.getBigUint64(36, true))),
  5: () => 4, // WithdrawNonceAccount
  11: () => 4, // TransferWithSeed
};

/** What an instruction of the System program moves: its number as four bytes, lowest first, and the lamports as eight. */
function transfer(name: string | undefined, accounts: readonly string[], data: Uint8Array): object {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (name !== "System" || data.length < 12) return {};
  const kind = view.getUint32(0, true);
  const at = lamportsAt[kind]?.(view);
  // TransferWithSeed names the base between the two.
  const to = accounts[kind === 11 ? 2 : 1];
  if (at === undefined || at + 8 > data.length || to === undefined) return {};
  return { lamports: view.getBigUint64(at, true).toString(), to };
}

function memoOf(name: string | undefined, data: Uint8Array): { memo?: string } {
  const memo = name === "Memo" ? plainText(data) : undefined;
  return memo === undefined ? {} : { memo };
}

function readLookup(reader: Reader): void {
  reader.take(32);
  for (const _writableThenReadonly of [0, 1]) reader.take(reader.count());
}
