import type { Probe } from "./Probe.js";
import type { Verdict } from "./Verdict.js";

/** The headings of the protocol page that checks stand for, in its order. */
export const sections = [
  "Three signatures for each request",
  "Conventions",
  "Routes",
  "Frames",
  "Pairing",
  "Chains",
  "Refusals",
] as const;

/** A heading of the protocol page. */
export type Section = (typeof sections)[number];

/** One line of the protocol, and how to find out whether an octane keeps to it. */
export type Check = {
  /** Stable, such as `session.created-201`. */
  readonly id: string;
  readonly section: Section;
  /** The line in one sentence. */
  readonly rule: string;
  /** What throws counts as broken, unless it is an `Untried`. */
  readonly run: (octane: Probe) => Promise<Verdict>;
};

/** Makes the checks of one section: rows of id, rule and function. */
export function checksOf(
  section: Section,
  rows: readonly (readonly [id: string, rule: string, run: Check["run"]])[],
): readonly Check[] {
  return rows.map(([id, rule, run]) => ({ id, section, rule, run }));
}
