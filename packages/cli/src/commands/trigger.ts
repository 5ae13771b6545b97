import { Argument, type Command } from "commander";
import { addCommand, type Run } from "../command.js";
import { exitCodes } from "../exitCodes.js";
import { nonEmpty } from "../options/nonEmpty.js";
import { needed, type OctaneFlags } from "../options/octane.js";
import { plain } from "../output/plain.js";
import { askEmulator } from "../trigger/askEmulator.js";
import { type TriggerFlags, type TriggerName, triggers } from "../trigger/triggers.js";

type Flags = TriggerFlags & Pick<OctaneFlags, "octaneUrl"> & { readonly controlToken?: string };

/** `sigil trigger`: what the owner of an emulated appliance does. */
export function addTrigger(program: Command, run: Run): void {
  addCommand<Flags, TriggerName>(
    program,
    run,
    {
      name: "trigger",
      summary: "do what the owner of an emulated appliance would: approve, reject, revoke, …",
      example:
        'sigil trigger approve --link "https://sigilvault.xyz/pair?session=…&v=123456"\nsigil trigger offline',
    },
    (command) =>
      command
        .addArgument(
          new Argument(
            "<event>",
            "what happens; expire moves the emulator's clock on by ten minutes, and it stays so",
          ).choices(Object.keys(triggers)),
        )
        .option("--octane-url <url>", "where the emulator is (SIGIL_OCTANE_URL)")
        .option("--control-token <token>", "as sigil dev prints it (SIGIL_CONTROL_TOKEN)")
        .option("--link <link>", "approve, reject: the pairing link, which is opened first", nonEmpty)
        .option("--code <digits>", "approve: what the owner types where the link has no code")
        .option("--reason <text>", "reject: what the SP is told")
        .option("--pair-id <id>", "revoke: which, where there are several (SIGIL_PAIR_ID)")
        .option("--appliance <id>", "which of several appliances", "first"),
    async (flags, { io, report }, event) => {
      const control = {
        octaneUrl: needed(flags.octaneUrl, io.env, "SIGIL_OCTANE_URL", "--octane-url"),
        token: needed(flags.controlToken, io.env, "SIGIL_CONTROL_TOKEN", "--control-token"),
        fetch: io.fetch ?? globalThis.fetch,
        signal: io.signal,
      };
      const pairId = flags.pairId ?? (io.env.SIGIL_PAIR_ID || undefined);
      const named = pairId === undefined ? flags : { ...flags, pairId };
      const done = await triggers[event]((...asked) => askEmulator(control, ...asked), named);
      report.result({ event, done }, [plain(done)]);
      return exitCodes.ok;
    },
  );
}
