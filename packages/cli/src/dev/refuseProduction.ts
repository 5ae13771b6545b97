import { CliError } from "../errors/CliError.js";
import type { Env } from "../io.js";

/** An emulator signs with keys that everybody knows, and whatever it is asked to: nothing for production. */
export function refuseProduction(env: Env, allowed: boolean): void {
  if (env.NODE_ENV?.trim().toLowerCase() !== "production" || allowed) return;
  throw new CliError(
    "production",
    "NODE_ENV is production, and the emulator's keys are known to everybody: it was not started.",
    "Point SIGIL_OCTANE_URL at octane; or, if this is no production, unset NODE_ENV or give --allow-production.",
  );
}
