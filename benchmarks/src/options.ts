import { parseArgs } from "node:util";

/** What a full run takes, and what the published figures were measured with. */
export const full = { rounds: 6, ms: 400, warmUp: 6_000, tolerance: 0.1, rows: "", seed: 20_260_101 };

export type Options = typeof full & { readonly isFull: boolean };

/** @throws Error for an option that there is not, or a value that is no number. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: "string" },
      ms: { type: "string" },
      "warm-up": { type: "string" },
      tolerance: { type: "string" },
      rows: { type: "string" },
      seed: { type: "string" },
    },
  });
  const number = (name: Exclude<keyof typeof values, "rows">, usual: number): number => {
    const value = values[name] === undefined ? usual : Number(values[name]);
    if (!(value > 0)) throw new Error(`--${name} must be a number above 0, not ${values[name]}.`);
    return value;
  };
  return {
    rounds: number("rounds", full.rounds),
    ms: number("ms", full.ms),
    warmUp: number("warm-up", full.warmUp),
    tolerance: number("tolerance", full.tolerance),
    seed: number("seed", full.seed),
    rows: values.rows ?? full.rows,
    isFull: Object.keys(values).every((name) => name === "seed"),
  };
}
