import type { Emulator } from "@sigil/emulator";
import { type ControlledListening, listen } from "@sigil/emulator/node";
import { CliError } from "../errors/CliError.js";
import { holderOf } from "./holderOf.js";

/** Whoever gets this far was not refused by `refuseProduction`. */
const allowProduction = true;

/** @throws CliError `port_in_use` or `listen_failed`: a sentence on what happened, and the flag that helps. */
export function listenOrExplain(
  emulator: Emulator,
  port: number,
  host: string,
): Promise<ControlledListening> {
  return explained(listen(emulator, { port, host, control: {}, allowProduction }), port, host);
}

/** Listens for a moment, for the sake of what {@link listenOrExplain} would throw. */
export async function requirePort(port: number, host: string): Promise<void> {
  const fetch = async (): Promise<Response> => new Response(null, { status: 503 });
  const { close } = await explained(listen({ fetch }, { port, host, allowProduction }), port, host);
  await close();
}

async function explained<T>(listening: Promise<T>, port: number, host: string): Promise<T> {
  try {
    return await listening;
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
