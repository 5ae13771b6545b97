/** What became of one check. */
export type Verdict =
  | { readonly held: true }
  | { readonly broken: { readonly expected: string; readonly came: string } }
  | { readonly untried: string };

const held: Verdict = { held: true };

/** Holds where the condition does. */
export function holds(condition: boolean, expected: string, came: unknown): Verdict {
  return condition ? held : { broken: { expected, came: show(came) } };
}

/** Holds where both are the same JSON. */
export function same(what: string, expected: unknown, came: unknown): Verdict {
  const wanted = JSON.stringify(expected);
  return holds(JSON.stringify(came) === wanted, `${what} ${show(expected)}`, came);
}

/** The first verdict that does not hold, or that all do. */
export function all(...verdicts: readonly Verdict[]): Verdict {
  return verdicts.find((verdict) => !("held" in verdict)) ?? held;
}

/** For a check that this run cannot make. */
export function untried(why: string): Verdict {
  return { untried: why };
}

/** Thrown on the way to a check, where something it needs cannot be had. Nothing is said about octane by it. */
export class Untried extends Error {
  override readonly name = "Untried";
}

const longest = 300;

/** A value as it stands in a report: JSON, cut short. */
export function show(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.length > longest ? `${text.slice(0, longest)} … (${text.length} characters)` : text;
}
