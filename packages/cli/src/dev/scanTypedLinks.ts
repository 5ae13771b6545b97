import { ApplianceError, type Emulator } from "@sigil/emulator";
import type { Input } from "../io.js";
import { plain } from "../output/plain.js";
import type { Report } from "../output/report.js";

/**
 * Opens each pairing link that is typed into the terminal, as the owner does who scans it. `link 123456` gives the code
 * that a link without one lacks. Returns what ends it.
 */
export function scanTypedLinks(
  input: Input | undefined,
  { appliance }: Emulator,
  report: Report,
): () => void {
  if (input?.isTTY !== true) return () => {};
  let typed = "";
  const onData = (data: unknown): void => {
    const lines = `${typed}${data}`.split(/\r?\n|\r/);
    typed = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") void scan(line.trim());
  };
  const scan = async (line: string): Promise<void> => {
    const [link = "", code] = line.split(/\s+/);
    // A word alone would be taken for the id of a session.
    if (!link.includes(":")) {
      report.say(report.paint.red("That is no pairing link: paste what sigil pair printed."));
      return;
    }
    try {
      const { sp_user_ref } = await appliance.open(link, code === undefined ? {} : { code });
      report.say(`The appliance opened the link for ${plain(sp_user_ref)}.`);
    } catch (error) {
      if (!(error instanceof ApplianceError)) throw error;
      report.say(report.paint.red(`The appliance cannot open that: ${plain(error.message)}`));
    }
  };
  input.on("data", onData);
  return () => {
    input.off("data", onData);
    // A terminal that is still read keeps the process alive.
    input.pause();
  };
}
