import type { Address, EncodedAccount } from "@solana/kit";
import type { LiteSVM } from "litesvm";
import { encodeBytes } from "./bytes.js";
import { parseLookupTable, toParsed } from "./lookupTable.js";
import type { Config } from "./params.js";

// No account pays rent any more; validators write the largest 64-bit number for that.
const rentEpoch = 2n ** 64n - 1n;

/** The account in the encoding that `config` asks for, or null if there is none. */
export function readAccount(vm: LiteSVM, address: Address, config: Config): object | null {
  const account = vm.getAccount(address);
  // What has no lamports is gone, even where litesvm keeps an entry.
  return account.exists && account.lamports > 0n ? toAccountJson(account, config) : null;
}

export function toAccountJson(account: EncodedAccount, config: Config): object {
  const { data, executable, lamports, programAddress } = account;
  const space = BigInt(data.length);
  return { lamports, owner: programAddress, data: encodeData(account, config), executable, rentEpoch, space };
}

function encodeData(account: EncodedAccount, { encoding, dataSlice }: Config): unknown {
  const table = encoding === "jsonParsed" ? parseLookupTable(account) : undefined;
  if (table !== undefined) return toParsed(table, BigInt(account.data.length));
  return encodeBytes(slice(account.data, dataSlice), encoding);
}

function slice(data: EncodedAccount["data"], dataSlice: unknown): Uint8Array {
  if (dataSlice === undefined || dataSlice === null) return Uint8Array.from(data);
  const { offset, length } = dataSlice as { readonly offset: number; readonly length: number };
  return Uint8Array.from(data.slice(offset, offset + length));
}
