/**
 * A fixed life of an emulator with a seed: pairs, validates, signs on EVM and Solana, is refused, revokes, lets a session
 * expire. Prints the SHA-256 of what went over the wire.
 */
import { createHash } from "node:crypto";
import { createEmulator } from "../src/index.js";
import { client, firstEvm } from "./client.js";
import { legacyMessage } from "./solanaMessages.js";

const emulator = createEmulator({ seed: process.argv[2] ?? "the same each time", approval: "auto" });
const { appliance, clock, rules, traffic } = emulator;
const sp = client(emulator);
const idempotent = { headers: { "idempotency-key": "first" } };

const pairId = await sp.pair();
const solana = appliance.wallets().find(({ chain }) => chain === "solana")?.address ?? "";
await sp.sign(firstEvm, undefined, { chain: "ethereum" }, idempotent);
clock.advance(1_500);
await sp.sign(firstEvm, undefined, { chain: "ethereum" }, idempotent);
await sp.sign(solana, legacyMessage);
await sp.sign(solana, new TextEncoder().encode("hello"));
rules.add({ when: { address: firstEvm }, then: { reject: "not today" } });
await sp.sign(firstEvm);
await sp.del(`/sp/pairings/${pairId}`);
await sp.sign(solana, legacyMessage);
await sp.raw("GET", `/sp/pairings/${pairId}/events`).then((response) => response.text());

const { body: session } = await sp.session({ expires_in_secs: 60 });
const result = sp.result(session.session_id);
clock.advance(60_000);
await result;

// Ids of further parties come from the seed, too.
const second = emulator.addAppliance();
await client({ ...emulator, sp: emulator.addSp(), appliance: second }).pair();

process.stdout.write(`${createHash("sha256").update(traffic.transcript()).digest("hex")}\n`);
