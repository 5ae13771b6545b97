import { columns } from "../output/columns.js";
import type { Paint } from "../output/paint.js";

/** What `sigil dev` set up. */
export type DevServer = {
  readonly octaneUrl: string;
  /** For a browser: with the token, once. */
  readonly page: string;
  /** Whoever has it does what the owner of the appliance does. */
  readonly controlToken: string;
  readonly apiKey: string;
  readonly seed: string;
  readonly octanePublicKey: string;
  /** The folder in which everything is kept. */
  readonly data?: string | undefined;
};

/** Who decides on the appliance. */
export type Deciding = {
  readonly approval: "auto" | "manual";
  /** How many rules decide before that, and where they are from. */
  readonly rules: number;
  readonly rulesFrom: string | undefined;
};

/** What is worth a line: nobody has to know that everything is approved at once. */
export function decidingLines({ approval, rules, rulesFrom }: Deciding): readonly string[] {
  const before = `${rules === 1 ? "1 rule" : `${rules} rules`} from ${rulesFrom}`;
  return [
    ...(approval === "manual" ? ["You approve: on the page, or with sigil trigger approve."] : []),
    ...(rules > 0 ? [`Before --approval ${approval}, ${before} decide${rules === 1 ? "s" : ""}.`] : []),
  ];
}

/** The variables by which the other commands, and whoever follows their names, find the emulator. */
export const envOf = ({
  octaneUrl,
  apiKey,
  seed,
  octanePublicKey,
  controlToken,
}: DevServer): Readonly<Record<string, string>> => ({
  SIGIL_OCTANE_URL: octaneUrl,
  SIGIL_API_KEY: apiKey,
  SIGIL_SP_SEED: seed,
  SIGIL_OCTANE_PUBLIC_KEY: octanePublicKey,
  SIGIL_CONTROL_TOKEN: controlToken,
});

/** What is printed once the emulator answers. */
export function banner(
  server: DevServer,
  deciding: Deciding,
  { bold, dim, yellow, cyan }: Paint,
): readonly string[] {
  return [
    `${bold(yellow("EMULATOR"))} ${bold("of octane and a Sigil appliance is ready.")}`,
    "Its keys are test keys that everybody knows: send nothing of value to its addresses.",
    "",
    ...columns([
      ["octane", server.octaneUrl],
      ["page", server.page],
      ...(server.data === undefined ? [] : [["data", server.data]]),
    ]).map((line) => cyan(line)),
    ...decidingLines(deciding),
    "",
    ...Object.entries(envOf(server)).map(([name, value]) => `${name}=${value}`),
    "",
    dim(
      "Set them for sigil, all but the last for your backend: in a shell, paste them between set -a and set +a.",
    ),
    dim("Ctrl-C ends the emulator."),
  ];
}
