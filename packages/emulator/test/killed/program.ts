// An emulator in a folder, on a port, whose owner approves everything and writes each signature down. Started to be killed.

import { appendFileSync } from "node:fs";
import { createEmulator, type SignApprovalRequest } from "../../src/index.js";
import { listen } from "../../src/node/index.js";
import { openStorage } from "../../src/storage/index.js";
import type { FromProgram, ToProgram } from "./messages.js";

const [dir = "", approvals = ""] = process.argv.slice(2);

/** Given to the system at once: it outlives this process as the database does. */
function writeDown({ payload }: SignApprovalRequest): void {
  appendFileSync(approvals, `${payload}\n`);
}

const storage = await openStorage({ dir });
const emulator = createEmulator({
  journal: storage.journal,
  // Each start derives them anew.
  walletsPerChain: 1,
  approval: (request) => {
    if (request.kind === "sign") writeDown(request);
    return "approve";
  },
});
const { appliance, sp } = emulator;
const tell = (message: FromProgram): void => void process.send?.(message);
process.on("disconnect", () => process.exit());
process.on("message", async ({ id, revoke }: ToProgram) => {
  if (revoke !== undefined) await appliance.revoke(revoke);
  tell({ id, pairs: appliance.pairs().map(({ pair_id, state }) => [pair_id, state] as const) });
});
emulator.events.subscribe(({ kind, session_id = "" }) => {
  // Its owner scans every session at once.
  if (kind === "session_created") void appliance.open(session_id, { code: "123456" });
});
const { url } = await listen(emulator, { port: 0 });
tell({ url, sp, wallets: appliance.wallets().map(({ chain, address }) => `${chain} ${address}`) });
