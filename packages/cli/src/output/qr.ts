import { encode, renderUnicodeCompact } from "uqr";
import type { Env, Output } from "../io.js";
import { hasColours } from "./paint.js";

/** The quiet zone that scanners need, and the middle level of correction. */
const form = { border: 4, ecc: "M" } as const;

/** White blocks on black ground, whatever the terminal's own colours are: a code is dark on light or hard to scan. */
const whiteOnBlack = (line: string): string => `\u001b[38;5;231;48;5;16m${line}\u001b[0m`;

/**
 * The lines of a QR code, two modules high each. Light modules are drawn, dark ones left out; so without colours
 * it is right on a dark terminal only. Nothing where nobody sees it, or where it is wider than the terminal.
 */
export function qrLines(text: string, output: Output, env: Env): readonly string[] {
  if (output.isTTY !== true) return [];
  const { size } = encode(text, form);
  if (output.columns !== undefined && output.columns < size) {
    return [`(A QR code needs ${size} columns, and this terminal has ${output.columns}.)`];
  }
  const lines = renderUnicodeCompact(text, form).split("\n");
  return hasColours(output, env) ? lines.map(whiteOnBlack) : lines;
}
