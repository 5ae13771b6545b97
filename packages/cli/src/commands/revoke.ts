import { revokePairing } from "@sigil/astrotrain/pairing";
import type { Command } from "commander";
import type { Run } from "../command.js";
import { when } from "../output/when.js";
import { addPairCommand } from "../pairCommand.js";

/** `sigil revoke`: ends a pair from the service provider's side. */
export function addRevoke(program: Command, run: Run): void {
  addPairCommand(
    program,
    run,
    {
      name: "revoke",
      summary: "revoke a pair, for good",
      example: "sigil revoke --pair-id 0c6e3c1e-6f0b-4b52-8f0f-2a3f6f5d9b11",
    },
    async (options, { report }) => {
      const revocation = await revokePairing(options);
      const { revoked, revoked_at_ms } = revocation;
      const at = revoked_at_ms === undefined ? "" : ` at ${when(revoked_at_ms)}`;
      report.result(revocation, [
        revoked ? `Revoked${at}: it signs no more.` : `It had been revoked already${at}.`,
      ]);
    },
  );
}
