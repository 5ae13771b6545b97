/** Lies that were told, and those that reached a caller. */
export type Tally = { tried: number; readonly returned: string[] };
