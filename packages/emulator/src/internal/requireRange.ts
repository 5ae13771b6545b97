/** @throws RangeError naming what is out of its range. */
export function requireRange(
  name: string,
  value: number,
  least: number,
  most: number,
  fits: (value: number) => boolean = Number.isInteger,
): void {
  if (fits(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} must be from ${least} to ${most}.`);
}
