import { type Address, type EncodedAccount, getAddressDecoder } from "@solana/kit";
import type { LiteSVM } from "litesvm";

const program = "AddressLookupTab1e1111111111111111111111111";
const headerBytes = 56;
const addressBytes = 32;

export type LookupTable = {
  readonly addresses: readonly Address[];
  readonly authority: Address | undefined;
  readonly deactivationSlot: bigint;
  readonly lastExtendedSlot: bigint;
  readonly lastExtendedSlotStartIndex: number;
};

export function readLookupTable(vm: LiteSVM, address: Address): LookupTable | undefined {
  const account = vm.getAccount(address);
  return account.exists ? parseLookupTable(account) : undefined;
}

/** What the account holds, if it is a lookup table. */
export function parseLookupTable({ data, programAddress }: EncodedAccount): LookupTable | undefined {
  if (programAddress !== program || data.length < headerBytes) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const addressAt = (offset: number): Address => getAddressDecoder().decode(data, offset);
  const count = Math.floor((data.length - headerBytes) / addressBytes);
  return {
    deactivationSlot: view.getBigUint64(4, true),
    lastExtendedSlot: view.getBigUint64(12, true),
    lastExtendedSlotStartIndex: view.getUint8(20),
    authority: view.getUint8(21) === 1 ? addressAt(22) : undefined,
    addresses: Array.from({ length: count }, (_, index) => addressAt(headerBytes + index * addressBytes)),
  };
}

/** The form that "jsonParsed" asks for. Numbers of 64 bits are strings in it. */
export function toParsed(table: LookupTable, space: bigint): object {
  const { authority, deactivationSlot, lastExtendedSlot } = table;
  const info = {
    addresses: table.addresses,
    ...(authority === undefined ? {} : { authority }),
    deactivationSlot: `${deactivationSlot}`,
    lastExtendedSlot: `${lastExtendedSlot}`,
    lastExtendedSlotStartIndex: table.lastExtendedSlotStartIndex,
  };
  return { program: "address-lookup-table", parsed: { info, type: "lookupTable" }, space };
}
