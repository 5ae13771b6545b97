import type { VerifiedSignature } from "@sigil/evm";
import type { Hex } from "viem";

/** With both `v` and `yParity`: serializers differ in which of them they read, and legacy ones want v as 27n or 28n. */
export function toSignature({ r, s, yParity }: VerifiedSignature): {
  r: Hex;
  s: Hex;
  v: bigint;
  yParity: number;
} {
  return { r, s, v: yParity === 0 ? 27n : 28n, yParity };
}
