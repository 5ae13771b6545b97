import type { Fault } from "./Fault.js";
import type { FaultRule } from "./FaultRule.js";
import { kindOf } from "./kinds/index.js";
import type { FaultRoute } from "./routes.js";

/** A rule that was added, and what it has seen since. */
export type Standing = {
  /** The fault, where the rule strikes this call. Every call is counted, whether or not another rule takes it. */
  look(route: FaultRoute | undefined): (() => Fault) | undefined;
  hits(): number;
};

/** Puts up a rule. */
export function standing(rule: FaultRule): Standing {
  const { fault, after = 0 } = rule;
  const fits = striker(rule);
  let seen = 0;
  let hits = 0;
  return {
    look: (route) => {
      if (!concerns(rule, route)) return undefined;
      seen += 1;
      const call = seen - after;
      if (call < 1 || !fits(call, hits)) return undefined;
      return () => {
        hits += 1;
        return fault;
      };
    },
    hits: () => hits,
  };
}

function concerns(rule: FaultRule, route: FaultRoute | undefined): boolean {
  if (rule.route !== "*") return rule.route === route;
  const routes = kindOf(rule.fault).routes?.(rule.fault);
  return routes === undefined || (route !== undefined && routes.includes(route));
}

/** A count is used up by the calls it strikes; numbers and functions go by the number of the call. */
function striker({ calls }: FaultRule): (call: number, hits: number) => boolean {
  if (calls === undefined) return () => true;
  if (typeof calls === "number") return (_, hits) => hits < calls;
  if (typeof calls === "function") return (call) => calls(call);
  const numbers = new Set(calls);
  return (call) => numbers.has(call);
}
