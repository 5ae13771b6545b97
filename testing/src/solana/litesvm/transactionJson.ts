import { getBase58Decoder } from "@solana/kit";
import type { InnerInstruction } from "litesvm";
import { encodeBytes } from "./bytes.js";
import { toFee } from "./fee.js";
import { type Landed, toStatus } from "./landed.js";
import { toReturnData } from "./returnData.js";
import type { Message, WireTransaction } from "./wireTransaction.js";

const base58 = (bytes: Parameters<ReturnType<typeof getBase58Decoder>["decode"]>[0]): string =>
  getBase58Decoder().decode(bytes);

/** The answer of `getTransaction`, or null for a transaction that did not come by `sendTransaction`. */
export function toTransactionJson(landed: Landed, encoding: unknown): object | null {
  if (landed.sent === undefined) return null;
  const { transaction: wire } = landed.sent;
  const isJson = encoding === undefined || encoding === "json";
  return {
    slot: landed.slot,
    blockTime: landed.blockTime,
    version: wire.message.version,
    transaction: isJson ? toJsonShape(wire) : encodeBytes(wire.bytes, encoding),
    meta: toMetaJson(landed, landed.sent),
  };
}

function toJsonShape({ transaction, message }: WireTransaction): object {
  const signatures = Object.values(transaction.signatures).map((bytes) =>
    base58(bytes ?? new Uint8Array(64)),
  );
  const { header, staticAccounts, lifetimeToken, instructions } = message;
  return {
    signatures,
    message: {
      accountKeys: staticAccounts,
      header: {
        numRequiredSignatures: header.numSignerAccounts,
        numReadonlySignedAccounts: header.numReadonlySignerAccounts,
        numReadonlyUnsignedAccounts: header.numReadonlyNonSignerAccounts,
      },
      recentBlockhash: lifetimeToken,
      instructions: instructions.map(({ programAddressIndex, accountIndices, data }) => ({
        programIdIndex: programAddressIndex,
        accounts: accountIndices ?? [],
        data: base58(data ?? new Uint8Array()),
        stackHeight: 1,
      })),
      ...lookupsOf(message),
    },
  };
}

function lookupsOf(message: Message): object {
  if (message.version === "legacy") return {};
  const lookups = (message.addressTableLookups ?? []).map((lookup) => ({
    accountKey: lookup.lookupTableAddress,
    writableIndexes: lookup.writableIndexes,
    readonlyIndexes: lookup.readonlyIndexes,
  }));
  return { addressTableLookups: lookups };
}

function toMetaJson({ error, meta }: Landed, sent: NonNullable<Landed["sent"]>): object {
  const { transaction: wire, preBalances, postBalances } = sent;
  return {
    err: error,
    status: toStatus(error),
    fee: toFee(wire.message),
    preBalances,
    postBalances,
    preTokenBalances: [],
    postTokenBalances: [],
    innerInstructions: toInnerJson(meta.innerInstructions()),
    logMessages: meta.logs(),
    loadedAddresses: wire.loaded,
    rewards: [],
    computeUnitsConsumed: meta.computeUnitsConsumed(),
    ...toReturnData(meta),
  };
}

function toInnerJson(all: readonly (readonly InnerInstruction[])[]): readonly object[] {
  return all.flatMap((inner, index) =>
    inner.length === 0 ? [] : [{ index, instructions: inner.map(toOne) }],
  );
}

function toOne(inner: InnerInstruction): object {
  const instruction = inner.instruction();
  return {
    programIdIndex: instruction.programIdIndex(),
    accounts: [...instruction.accounts()],
    data: base58(instruction.data()),
    stackHeight: inner.stackHeight(),
  };
}
