/**
 * An emulator signs with keys that everybody knows, whatever it is asked to: nothing to be on a port of a production.
 *
 * @throws Error where `NODE_ENV` is `production` and nobody has allowed that.
 */
export function refuseProduction(allowed: boolean): void {
  if (process.env.NODE_ENV?.trim().toLowerCase() !== "production" || allowed) return;
  throw new Error(
    "NODE_ENV is production, and the emulator's keys are known to everybody: it does not listen. Point octaneUrl at octane; or, if this is no production, pass allowProduction: true.",
  );
}
