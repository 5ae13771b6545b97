import { oneOf, whole } from "./checks.js";
import type { Fault } from "./Fault.js";
import type { FaultRule } from "./FaultRule.js";
import { kindOf, kinds } from "./kinds/index.js";
import { routeNames } from "./routes.js";

const fields: readonly string[] = ["route", "calls", "after", "fault"];

/** @throws TypeError or RangeError naming the field. */
export function checkRule(rule: FaultRule): void {
  requireObject("The rule", rule);
  requireKnown(rule, fields, "");
  oneOf("*", ...routeNames)("route", rule.route);
  checkCalls(rule.calls);
  if (rule.after !== undefined) whole(0)("after", rule.after);
  checkFault(rule.fault);
  requireRoute(rule);
}

function checkCalls(calls: unknown): void {
  if (calls === undefined || typeof calls === "function") return;
  if (typeof calls === "number") whole(1)("calls", calls);
  else if (!Array.isArray(calls)) {
    throw new TypeError("calls must be a number, a list of numbers or a function of a number.");
  } else calls.forEach((call, index) => void whole(1)(`calls[${index}]`, call));
}

function checkFault(fault: Fault): void {
  requireObject("fault", fault);
  oneOf(...Object.keys(kinds))("fault.kind", fault.kind);
  const checks = Object.entries(kindOf(fault).fields);
  requireKnown(fault, ["kind", ...checks.map(([name]) => name)], "fault.");
  for (const [name, check] of checks) check(`fault.${name}`, fault[name as keyof Fault]);
}

function requireRoute({ route, fault }: FaultRule): void {
  const routes = kindOf(fault).routes?.(fault);
  if (routes === undefined || route === "*" || routes.includes(route)) return;
  throw new TypeError(`route must be ${routes.join(" or ")}, or "*", for a fault of kind "${fault.kind}".`);
}

function requireObject(name: string, value: unknown): void {
  if (typeof value === "object" && value !== null) return;
  throw new TypeError(
    `${name} must be an object: { route: "sign", fault: { kind: "reset" } }, for instance.`,
  );
}

/** A misspelt field would leave the octane straighter than the test believes. */
function requireKnown(value: object, known: readonly string[], path: string): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`${path}${unknown} is no field here: use ${known.join(", ")}.`);
}
