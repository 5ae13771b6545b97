import { getEnabledWallets, type WalletEntry } from "@sigil/astrotrain/pairing";
import type { Command } from "commander";
import type { Run } from "../command.js";
import { columns } from "../output/columns.js";
import { plain } from "../output/plain.js";
import { addPairCommand } from "../pairCommand.js";

/** `sigil wallets`: what the pair may read, and sign for. */
export function addWallets(program: Command, run: Run): void {
  addPairCommand(
    program,
    run,
    {
      name: "wallets",
      summary: "list the wallets of a pair",
      example: "sigil wallets --pair-id 0c6e3c1e-6f0b-4b52-8f0f-2a3f6f5d9b11",
    },
    async (options, { report }) => {
      const { entries } = await getEnabledWallets(options);
      report.result({ pairId: options.pairId, entries }, walletLines(entries));
    },
  );
}

export function walletLines(entries: readonly WalletEntry[]): readonly string[] {
  if (entries.length === 0) return ["The user granted no wallet."];
  const rows = entries.map(({ chain, wallet_index, address, read, sign }) => [
    plain(chain),
    String(wallet_index),
    plain(address),
    [read && "read", sign && "sign"].filter(Boolean).join(", "),
  ]);
  return columns([["chain", "#", "address", "may"], ...rows]);
}
