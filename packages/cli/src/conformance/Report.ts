import type { Check, Section } from "./Check.js";
import { sections } from "./Check.js";
import { show, type Verdict } from "./Verdict.js";

/** One check and what became of it. */
export type CheckReport = {
  readonly id: string;
  readonly section: Section;
  readonly rule: string;
  readonly verdict: "held" | "broken" | "untried";
  /** Where it is broken: what the protocol says. */
  readonly expected?: string;
  /** Where it is broken: what octane did. */
  readonly came?: string;
  /** Where it was not tried. */
  readonly why?: string;
};

/** What a run found. */
export type Report = {
  readonly octane_url: string;
  /** By section, in the order of the protocol page. */
  readonly checks: readonly CheckReport[];
  readonly hold: number;
  readonly broken: number;
  readonly not_tried: number;
};

/** One line of a report. The secrets are blotted out, should octane have repeated one. */
export function checkReport(check: Check, verdict: Verdict, secrets: readonly string[]): CheckReport {
  const { id, section, rule } = check;
  const clean = (text: string): string =>
    secrets.reduce((each, secret) => each.replaceAll(secret, "…"), text);
  if ("held" in verdict) return { id, section, rule, verdict: "held" };
  if ("untried" in verdict) return { id, section, rule, verdict: "untried", why: clean(verdict.untried) };
  const { expected, came } = verdict.broken;
  return { id, section, rule, verdict: "broken", expected: show(clean(expected)), came: show(clean(came)) };
}

/** Puts the lines in order and counts them. */
export function reportOf(octane_url: string, lines: readonly CheckReport[]): Report {
  const count = (verdict: CheckReport["verdict"]): number =>
    lines.filter((line) => line.verdict === verdict).length;
  return {
    octane_url,
    checks: sections.flatMap((section) => lines.filter((line) => line.section === section)),
    hold: count("held"),
    broken: count("broken"),
    not_tried: count("untried"),
  };
}
