import { columns } from "../output/columns.js";
import type { Paint } from "../output/paint.js";

/** What `sigil dev` set up. */
export type DevServer = {
  readonly octaneUrl: string;
  readonly page?: string;
  readonly apiKey: string;
  readonly seed: string;
  readonly octanePublicKey: string;
};

/** The variables by which the other commands, and whoever follows their names, find the emulator. */
export const envOf = ({ octaneUrl, apiKey, seed }: DevServer): Readonly<Record<string, string>> => ({
  SIGIL_OCTANE_URL: octaneUrl,
  SIGIL_API_KEY: apiKey,
  SIGIL_SP_SEED: seed,
});

/** What is printed once the emulator answers. */
export function banner(server: DevServer, { bold, dim, yellow, cyan }: Paint): readonly string[] {
  const urls = [["octane", server.octaneUrl], ...(server.page === undefined ? [] : [["page", server.page]])];
  return [
    `${bold(yellow("EMULATOR"))} ${bold("of octane and a Sigil appliance is ready.")}`,
    "Its keys are test keys that everybody knows: send nothing of value to its addresses.",
    "",
    ...columns(urls).map((line) => cyan(line)),
    "",
    ...Object.entries(envOf(server)).map(([name, value]) => `${name}=${value}`),
    "",
    dim("Set these three for your backend and for sigil pair, wallets, sign. Ctrl-C ends the emulator."),
  ];
}
