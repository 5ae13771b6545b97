import picocolors from "picocolors";
import type { Env, Output } from "../io.js";

type Brush = (text: string) => string;

/** Emphasis, which is nothing where no terminal shows it. */
export type Paint = {
  readonly bold: Brush;
  readonly dim: Brush;
  readonly red: Brush;
  readonly green: Brush;
  readonly yellow: Brush;
  readonly cyan: Brush;
};

/** Only on a terminal, and not where NO_COLOR is set (https://no-color.org). */
export const hasColours = (output: Output, env: Env): boolean =>
  output.isTTY === true && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";

export function createPaint(output: Output, env: Env): Paint {
  const { bold, dim, red, green, yellow, cyan } = picocolors.createColors(hasColours(output, env));
  return { bold, dim, red, green, yellow, cyan };
}
