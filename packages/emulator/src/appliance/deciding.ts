import type { ApprovalRequest, Decide } from "./approval.js";
import type { Asked } from "./rules/fits.js";
import type { Rule } from "./rules/Rule.js";
import type { StandingRules } from "./rules/rules.js";

/** What becomes of a request: `wait` leaves it to the card or the request on the appliance. */
export type Verdict = Exclude<Rule["then"], "ignore"> | "reject" | "wait";

/** Decides on one request, by the rules, or else by the appliance's approval. */
export type Deciding = (request: ApprovalRequest) => Promise<Verdict>;

/** Puts the rules before the approval. */
export function createDeciding(rules: StandingRules, decide: Decide, appliance: Asked): Deciding {
  return async (request) => {
    const then = rules.decide(request, appliance);
    if (then === undefined) return decide(request);
    return then === "ignore" ? "wait" : then;
  };
}
