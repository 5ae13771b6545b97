import { setTimeout as sleep } from "node:timers/promises";
import { isPairRevoked, type PairEvent, subscribeToEvents } from "@sigil/astrotrain/pairing";
import type { Command } from "commander";
import type { Run } from "../command.js";
import { plain } from "../output/plain.js";
import { when } from "../output/when.js";
import { addPairCommand } from "../pairCommand.js";

/** `sigil events`: waits until the pair is revoked, and prints what octane tells until then. */
export function addEvents(program: Command, run: Run): void {
  addPairCommand(
    program,
    run,
    {
      name: "events",
      summary: "wait for a pair's events until it is revoked (Ctrl-C ends it)",
      example: "sigil events && ./forget-the-user.sh",
    },
    async (options, { io, report }) => {
      if (report.talk.isTTY === true)
        report.say(report.paint.dim("Waiting for the revocation. Ctrl-C ends it."));
      const events: PairEvent[] = [];
      for (;;) {
        const event = await subscribeToEvents(options);
        events.push(event);
        if (!report.json) report.say(lineOf(event));
        if (isPairRevoked(event)) break;
        // Each answer is one event and no more: an octane that repeats one it made up is not asked without a pause.
        await sleep(1000, undefined, io.signal ? { signal: io.signal } : {});
      }
      report.result({ events }, []);
    },
  );
}

function lineOf(event: PairEvent): string {
  if (!isPairRevoked(event)) return `${plain(event.kind)}  (unknown to this version)`;
  return `pair_revoked  ${plain(event.pair_id)}  ${when(event.revoked_at_ms)}`;
}
