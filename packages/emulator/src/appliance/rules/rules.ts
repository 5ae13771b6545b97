import type { Emit } from "../../events/events.js";
import type { Rows } from "../../journal/rows.js";
import type { ApprovalRequest } from "../approval.js";
import { checkedRule } from "./checkRule.js";
import { type Asked, fits } from "./fits.js";
import type { Rule } from "./Rule.js";

/** A rule that was added. */
export type AddedRule = {
  /** How many requests it has decided. */
  readonly hits: () => number;
  /** Takes the rule back. Again is no error. */
  readonly remove: () => void;
};

/**
 * What owners do, by script. The first rule that fits a request decides; where none does, the appliance's `approval`.
 *
 * @example
 * ```ts
 * emulator.rules.add({ when: { is: "transaction", amount: { atLeast: "1000000000" } }, then: { reject: "too much" } });
 * emulator.rules.add({ when: { chain: "solana" }, then: { delayMs: 2_000, then: "approve" } });
 * ```
 */
export type Rules = {
  /** Adds a rule after the others. @throws TypeError or RangeError naming the field. */
  readonly add: (rule: Rule) => AddedRule;
  readonly list: () => readonly Rule[];
  /** Takes back all of them. */
  readonly clear: () => void;
};

/** The rules as appliances ask them. */
export type StandingRules = Rules & {
  /** What the first rule that fits says, and counts. */
  readonly decide: (request: ApprovalRequest, appliance: Asked) => Rule["then"] | undefined;
};

type Standing = { readonly rule: Rule; hits: number };

/** What rules are kept in: one row for all, since their order matters. */
export type RuleRows = Rows<{ readonly rules: readonly Rule[] }>;

/** Makes the rules, as they stood last. */
export function createRules(rows: RuleRows, emit: Emit): StandingRules {
  const kept = new Map(rows.all()).get("rules")?.rules ?? [];
  let standing: readonly Standing[] = kept.map((rule) => ({ rule, hits: 0 }));
  const list = (): readonly Rule[] => standing.map(({ rule }) => rule);
  const change = (next: readonly Standing[]): void => {
    standing = next;
    if (next.length === 0) rows.remove("rules");
    else rows.put("rules", { rules: list() });
    emit("rules_changed");
  };
  return {
    add: (rule) => {
      const added: Standing = { rule: checkedRule(rule), hits: 0 };
      change([...standing, added]);
      return Object.freeze({
        hits: () => added.hits,
        remove: () => {
          if (standing.includes(added)) change(standing.filter((each) => each !== added));
        },
      });
    },
    list: () => structuredClone(list()),
    clear: () => change([]),
    decide: (request, appliance) => {
      const found = standing.find(({ rule }) => fits(rule, request, appliance));
      if (found === undefined) return undefined;
      found.hits += 1;
      return found.rule.then;
    },
  };
}
