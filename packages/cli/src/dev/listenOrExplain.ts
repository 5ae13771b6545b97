import type { Emulator } from "@sigil/emulator";
import { type ControlledListening, listen } from "@sigil/emulator/node";
import { CliError } from "../errors/CliError.js";
import { holderOf } from "./holderOf.js";

/** @throws CliError `port_in_use` or `listen_failed`: a sentence on what happened, and the flag that helps. */
export async function listenOrExplain(
  emulator: Emulator,
  port: number,
  host: string,
): Promise<ControlledListening> {
  try {
    return await listen(emulator, { port, host, control: {} });
  } catch (error) {
    throw await explain(error, port, host);
  }
}

async function explain(error: unknown, port: number, host: string): Promise<CliError> {
  const code = ((error as Error).cause as { code?: string } | undefined)?.code;
  if (code !== "EADDRINUSE") {
    const next = "Give another --port (0 takes any free one) or --host.";
    const what = `Port ${port} on ${host} cannot be listened on (${code ?? "unknown error"}).`;
    return new CliError("listen_failed", what, next, { cause: error });
  }
  const holder = await holderOf(port);
  const by = holder === undefined ? "" : ` by ${holder.name} (pid ${holder.pid})`;
  const next = "End that process, or give another --port: 0 takes any free one.";
  return new CliError("port_in_use", `Port ${port} on ${host} is in use${by}.`, next, { cause: error });
}
