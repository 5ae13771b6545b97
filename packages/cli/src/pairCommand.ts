import type { PairingOptions } from "@sigil/astrotrain/pairing";
import type { Command } from "commander";
import { addCommand, type Described, type Run, type Tools } from "./command.js";
import { exitCodes } from "./exitCodes.js";
import {
  type OctaneFlags,
  octaneOf,
  type PairFlag,
  pairIdOf,
  withOctane,
  withPairId,
} from "./options/octane.js";

/** How to reach octane, and about which pair. */
type AboutPair = PairingOptions & { readonly pairId: string };

/** Adds a command that is about one pair and needs no more than to reach octane: it ends with 0 unless it throws. */
export function addPairCommand(
  program: Command,
  run: Run,
  described: Described,
  action: (options: AboutPair, tools: Tools) => Promise<void>,
): void {
  addCommand<OctaneFlags & PairFlag>(
    program,
    run,
    described,
    (command) => withPairId(withOctane(command)),
    async (flags, tools) => {
      await action({ ...octaneOf(flags, tools.io), pairId: pairIdOf(flags, tools.io) }, tools);
      return exitCodes.ok;
    },
  );
}
