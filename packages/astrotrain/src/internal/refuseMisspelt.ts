import { ConfigError } from "../errors/ConfigError.js";

/** The names of the options in `T`, each of them. */
export type NamesOf<T> = Readonly<Record<keyof T, true>>;

/**
 * Refuses a field that is nearly an option: its letters in another case, or one letter more, less, other or in the neighbour's
 * place. It would be ignored in silence, and with it what it was to switch on. Any other field may be there, since callers
 * spread larger objects.
 *
 * @throws ConfigError naming the field, and the option that is meant; never the value.
 * @example
 * ```ts
 * refuseMisspelt(options, { client: true, address: true, requireFreshness: true });
 * ```
 */
export function refuseMisspelt(options: object, names: Readonly<Record<string, true>>): void {
  for (const field of Object.keys(options)) {
    if (Object.hasOwn(names, field)) continue;
    const meant = Object.keys(names).find((name) => isNear(field.toLowerCase(), name.toLowerCase()));
    if (meant !== undefined) throw new ConfigError(field, `is no option; ${meant} is one. Mend its name.`);
  }
}

/** Whether two words are the same, but for one edit at most. */
function isNear(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  const a = one.slice(same);
  const b = other.slice(same);
  const isSwapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return isSwapped || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1);
}
