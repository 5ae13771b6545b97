/** A signature to be checked: its scalars from 1 to the order less one, s in the lower half. */
export type Candidate = {
  readonly digest: Uint8Array;
  readonly r: bigint;
  readonly s: bigint;
  /** The parity that v claims: where to look first. */
  readonly claimed: number;
};

/** Tries both parities, the claimed one first: v is a hint where to look, and nothing more. */
export function parityByRecovering(
  { claimed }: Candidate,
  fits: (yParity: 0 | 1) => boolean,
): 0 | 1 | undefined {
  const first = claimed === 0 ? 0 : 1;
  if (fits(first)) return first;
  const second = first === 0 ? 1 : 0;
  return fits(second) ? second : undefined;
}
