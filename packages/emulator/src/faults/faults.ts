import { checkRule } from "./checkRule.js";
import type { Delivery } from "./Delivery.js";
import { type Answered, createEarlier } from "./earlier.js";
import type { FaultRule } from "./FaultRule.js";
import { kindOf } from "./kinds/index.js";
import { type FaultRoute, routeOf } from "./routes.js";
import { type Standing, standing } from "./rules.js";

/** A rule that was added. */
export type AddedFault = {
  /** By which the control API knows it. */
  readonly id: string;
  readonly rule: FaultRule;
  /** How many calls it has struck. */
  readonly hits: () => number;
  /** Takes the rule back. Again is no error. */
  readonly remove: () => void;
};

/**
 * What goes wrong between octane and whoever calls it, by script.
 *
 * @example
 * ```ts
 * emulator.faults.add({ route: "sign", calls: 2, fault: { kind: "status", status: 503, retryAfter: "2" } });
 * ```
 */
export type Faults = {
  /**
   * Adds a rule. Of several that would strike a call the one added first does; when it is used up, the next one.
   *
   * @throws TypeError or RangeError naming the field.
   */
  readonly add: (rule: FaultRule) => AddedFault;
  /** The rules that stand, oldest first; one that is used up stands until it is taken back. */
  readonly list: () => readonly AddedFault[];
  /** Takes back every rule: octane answers straight again. What a fault holds already stays held. */
  readonly clear: () => void;
  /** How many requests a route has had since the emulator was made, `"*"` all together. */
  readonly calls: (route: FaultRoute | "*") => number;
};

/** A request on its way to octane. */
type Passing = {
  readonly request: Request;
  readonly signal: AbortSignal | undefined;
  /** Has octane answer; `answered` is told what. */
  readonly handle: (request: Request, answered: Answered) => Promise<Response>;
};

/** Makes an empty script, and the gate that every request passes. */
export function createFaults(changed: () => void = () => {}): {
  faults: Faults;
  pass: (passing: Passing) => Promise<Response | Delivery>;
  /** Takes back every rule, count and answer kept. */
  reset: () => void;
} {
  const rules = new Map<AddedFault, Standing>();
  let last = 0;
  const counts = new Map<FaultRoute | undefined, number>();
  const earlier = createEarlier();
  const faults: Faults = {
    add: (rule) => {
      checkRule(rule);
      const own = { ...rule, fault: { ...rule.fault } };
      const stands = standing(own);
      last += 1;
      const added: AddedFault = Object.freeze({
        id: String(last),
        rule: own,
        hits: stands.hits,
        remove: () => {
          if (rules.delete(added)) changed();
        },
      });
      rules.set(added, stands);
      changed();
      return added;
    },
    list: () => [...rules.keys()],
    clear: () => {
      rules.clear();
      changed();
    },
    calls: (route) =>
      route === "*" ? [...counts.values()].reduce((sum, each) => sum + each, 0) : (counts.get(route) ?? 0),
  };
  return {
    faults: Object.freeze(faults),
    reset: () => {
      rules.clear();
      counts.clear();
      earlier.clear();
    },
    pass: async (passing) => {
      const route = routeOf(passing.request);
      counts.set(route, (counts.get(route) ?? 0) + 1);
      const answered = earlier.keeper(route);
      const handle = (request = passing.request): Promise<Response> => passing.handle(request, answered);
      const fault = rules.size === 0 ? undefined : strike(rules.values(), route);
      if (fault === undefined) return handle();
      const { request, signal } = passing;
      return kindOf(fault).deliver(fault, {
        route,
        request,
        signal,
        handle,
        earlier: (back) => earlier.find(route, back),
      });
    },
  };
}

/** Every rule looks at every call; the first that fits strikes. */
function strike(rules: Iterable<Standing>, route: FaultRoute | undefined): FaultRule["fault"] | undefined {
  const found = [...rules].map((rule) => rule.look(route));
  return found.find((strikes) => strikes !== undefined)?.();
}
