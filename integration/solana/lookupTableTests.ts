import {
  type Address,
  type AddressesByLookupTableAddress,
  compressTransactionMessageUsingAddressLookupTables,
  fetchAddressesForLookupTables,
} from "@solana/kit";
import { SystemProgram } from "@solana/web3.js";
import { getTransferSolInstruction } from "@solana-program/system";
import { expect, test } from "vitest";
import { finalTable, type makeLookupTable } from "./lookupTable.js";
import type { Stage } from "./stage.js";

type Table = Awaited<ReturnType<typeof makeLookupTable>>;

const amount = 4_000_000n;

/** Transactions whose accounts are in a table. Registers tests; `stage` and `table` are called once they run. */
export function lookupTableTests(stage: () => Stage, table: () => Table): void {
  test("behavior: kit: a transfer to an address out of a table", async () => {
    const { kit, signer } = stage();
    const { key, addresses } = table();
    await finalTable(stage(), key);
    const destination = addresses.kit.toBase58() as Address;
    const tables: AddressesByLookupTableAddress = await fetchAddressesForLookupTables(
      [key.toBase58() as Address],
      kit.rpc,
    );
    const message = await kit.messageOf(signer, [
      getTransferSolInstruction({ source: signer, destination, amount }),
    ]);
    const signature = await kit.send(compressTransactionMessageUsingAddressLookupTables(message, tables));
    const landed = await kit.landed(signature);
    expect(landed).toMatchObject({ error: null, signedBy: [signer.address], fromTables: [destination] });
    expect(await kit.balance(destination)).toBe(amount);
  });

  test("behavior: web3.js: a transfer to an address out of a table", async () => {
    const { kit, web3, wallet } = stage();
    const { key, addresses } = table();
    const { publicKey: fromPubkey } = wallet;
    const transfer = SystemProgram.transfer({ fromPubkey, toPubkey: addresses.web3, lamports: amount });
    const transaction = await web3.versioned(fromPubkey, [transfer], [await finalTable(stage(), key)]);
    const landed = await kit.landed(await web3.send(await wallet.signTransaction(transaction)));
    const fromTables = [`${addresses.web3}`];
    expect(landed).toMatchObject({ error: null, signedBy: [`${fromPubkey}`], fromTables });
    expect(await kit.balance(addresses.web3.toBase58() as Address)).toBe(amount);
  });
}
