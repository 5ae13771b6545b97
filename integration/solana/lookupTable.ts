import { setTimeout as sleep } from "node:timers/promises";
import { AddressLookupTableProgram, Keypair, type PublicKey } from "@solana/web3.js";
import type { Stage } from "./stage.js";

const pauseMs = 200;

/** Has the appliance make a table, with an address in it for each test that will send there. */
export async function makeLookupTable({ web3, wallet }: Stage) {
  const { connection } = web3;
  const { publicKey: authority } = wallet;
  const addresses = { kit: Keypair.generate().publicKey, web3: Keypair.generate().publicKey };
  const [create, lookupTable] = AddressLookupTableProgram.createLookupTable({
    authority,
    payer: authority,
    recentSlot: await connection.getSlot("finalized"),
  });
  const extend = AddressLookupTableProgram.extendLookupTable({
    authority,
    payer: authority,
    lookupTable,
    addresses: Object.values(addresses),
  });
  const transaction = await web3.legacy(authority, create, extend);
  await web3.send(await wallet.signTransaction(transaction));
  return { key: lookupTable, addresses };
}

/** Waits until the table is final: before, not every transaction that uses it would land. */
export async function finalTable({ web3: { connection } }: Stage, key: PublicKey) {
  for (;;) {
    const { value } = await connection.getAddressLookupTable(key, { commitment: "finalized" });
    const slot = await connection.getSlot("finalized");
    if (value !== null && slot > value.state.lastExtendedSlot) return value;
    await sleep(pauseMs);
  }
}
