import { requireRange } from "../../internal/requireRange.js";
import { isChain } from "../../link/chains.js";
import type { Rule, RuleAnswer } from "./Rule.js";

const whenFields: readonly string[] = ["kind", "appliance", "sp", "chain", "address", "is", "amount"];
const amountFields: readonly string[] = ["atLeast", "atMost", "unit"];
const kinds: readonly unknown[] = ["pair", "sign"];
const decodedKinds: readonly unknown[] = ["digest", "transaction", "message", "bytes"];

/** A copy of the rule. @throws TypeError or RangeError naming the field, so that no rule fits less or more than it says. */
export function checkedRule(rule: Rule): Rule {
  requireObject("A rule", rule, ["when", "then"]);
  if (rule.when !== undefined) checkWhen(rule.when);
  checkThen(rule.then);
  return structuredClone(rule);
}

function checkWhen(when: NonNullable<Rule["when"]>): void {
  requireObject("when", when, whenFields);
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
  if (when.amount !== undefined) checkAmount(when.amount);
}

function checkAmount(amount: NonNullable<NonNullable<Rule["when"]>["amount"]>): void {
  requireObject("when.amount", amount, amountFields);
  const { atLeast, atMost, unit = "lamports" } = amount;
  for (const [field, bound] of Object.entries({ atLeast, atMost })) {
    if (bound !== undefined && (typeof bound !== "string" || !/^\d{1,39}$/.test(bound))) {
      throw new TypeError(`when.amount.${field} must be a whole number as decimal text.`);
    }
  }
  if (unit !== "lamports") {
    throw new TypeError(
      "when.amount.unit must be lamports: an EVM payload is a digest, of which no amount can be read.",
    );
  }
  if (atLeast === undefined && atMost === undefined) {
    throw new TypeError("when.amount must have atLeast, atMost or both: without them it bounds nothing.");
  }
  if (atLeast !== undefined && atMost !== undefined && BigInt(atLeast) > BigInt(atMost)) {
    throw new TypeError("when.amount.atLeast must not be above when.amount.atMost: nothing would fit.");
  }
}

function checkThen(then: Rule["then"]): void {
  if (then === "ignore" || isAnswer("then", then)) return;
  if (typeof then === "object" && then !== null && "delayMs" in then && isAnswer("then.then", then.then)) {
    requireObject("then", then, ["delayMs", "then"]);
    requireRange("then.delayMs", then.delayMs, 0, 2 ** 31 - 1, Number.isFinite);
    return;
  }
  throw new TypeError('then must be "approve", { reject: reason }, { delayMs, then } or "ignore".');
}

function isAnswer(name: string, then: unknown): then is RuleAnswer {
  if (then === "approve") return true;
  if (typeof then !== "object" || then === null || !("reject" in then)) return false;
  requireObject(name, then, ["reject"]);
  return typeof then.reject === "string";
}

/** A misspelt field would be overlooked, and what it was to keep out let in. */
function requireObject(name: string, value: unknown, fields: readonly string[]): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`${name} must be an object: { ${fields.join(", ")} }.`);
  }
  const unknown = Object.keys(value).find((field) => !fields.includes(field));
  if (unknown === undefined) return;
  throw new TypeError(`${name} has no field ${JSON.stringify(unknown)}: use ${fields.join(", ")}.`);
}
