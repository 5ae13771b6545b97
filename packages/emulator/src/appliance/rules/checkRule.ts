import { requireRange } from "../../internal/requireRange.js";
import { isChain } from "../../link/chains.js";
import type { Rule, RuleAnswer } from "./Rule.js";

const whenFields: readonly string[] = ["kind", "appliance", "sp", "chain", "address", "is", "amount"];
const kinds: readonly unknown[] = ["pair", "sign"];
const decodedKinds: readonly unknown[] = ["digest", "transaction", "message", "bytes"];

/** A copy of the rule. @throws TypeError or RangeError naming the field, so that no rule silently fits nothing. */
export function checkedRule(rule: Rule): Rule {
  if (typeof rule !== "object" || rule === null) throw new TypeError("A rule is an object: { when, then }.");
  checkWhen(rule.when ?? {});
  checkThen(rule.then);
  return structuredClone(rule);
}

function checkWhen(when: NonNullable<Rule["when"]>): void {
  const unknown = Object.keys(when).find((field) => !whenFields.includes(field));
  if (unknown !== undefined) throw new TypeError(`when.${unknown}: use ${whenFields.join(", ")}.`);
  if (when.kind !== undefined && !kinds.includes(when.kind))
    throw new TypeError('when.kind must be "pair" or "sign".');
  for (const field of ["appliance", "sp", "address"] as const) {
    if (when[field] !== undefined && typeof when[field] !== "string")
      throw new TypeError(`when.${field} must be a string.`);
  }
  if (when.chain !== undefined && !(typeof when.chain === "string" && isChain(when.chain))) {
    throw new TypeError("when.chain must be a chain of Sigil's.");
  }
  if (when.is !== undefined && !decodedKinds.includes(when.is)) {
    throw new TypeError(`when.is must be one of ${decodedKinds.join(", ")}.`);
  }
  checkAmount(when.amount ?? {});
}

function checkAmount({
  atLeast = "0",
  atMost = "0",
  unit = "lamports",
}: NonNullable<NonNullable<Rule["when"]>["amount"]>): void {
  for (const [field, bound] of Object.entries({ atLeast, atMost })) {
    if (typeof bound !== "string" || !/^\d{1,39}$/.test(bound)) {
      throw new TypeError(`when.amount.${field} must be a whole number as decimal text.`);
    }
  }
  if (unit === "lamports") return;
  throw new TypeError(
    "when.amount.unit must be lamports: an EVM payload is a digest, of which no amount can be read.",
  );
}

function checkThen(then: Rule["then"]): void {
  if (then === "ignore" || isAnswer(then)) return;
  if (typeof then === "object" && then !== null && "delayMs" in then && isAnswer(then.then)) {
    requireRange("then.delayMs", then.delayMs, 0, 2 ** 31 - 1, Number.isFinite);
    return;
  }
  throw new TypeError('then must be "approve", { reject: reason }, { delayMs, then } or "ignore".');
}

function isAnswer(then: unknown): then is RuleAnswer {
  if (then === "approve") return true;
  return typeof then === "object" && then !== null && "reject" in then && typeof then.reject === "string";
}
