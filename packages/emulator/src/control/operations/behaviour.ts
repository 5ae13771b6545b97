import type { Rule } from "../../appliance/rules/Rule.js";
import type { FaultRule } from "../../faults/FaultRule.js";
import { routeNames } from "../../faults/routes.js";
import { chains } from "../../link/chains.js";
import type { PolicySettings } from "../../octane/policy.js";
import { checked } from "../ControlError.js";
import { findFault } from "../find.js";
import { type Operation, operation } from "../Operation.js";
import * as schemas from "../schemas.js";
import { handedOn, object, optional, type Schema } from "../shapes.js";
import { faultView } from "../views.js";

const { record, listOf } = schemas;
const faults: Schema = record({ faults: listOf(schemas.fault) });
const rules: Schema = record({ rules: listOf(schemas.anyObject) });

/** As JSON carries it: without functions and bytes. */
const faultRule = handedOn<FaultRule>({
  type: "object",
  properties: {
    route: { type: "string", enum: ["*", ...routeNames] },
    calls: { description: "How many calls in a row, or the numbers of the calls. Default: all." },
    after: { type: "integer", description: "How many calls to let through first." },
    fault: { ...record({ kind: schemas.string }), description: "As in the docs page Faults." },
  },
  required: ["route", "fault"],
  examples: [{ route: "sign", calls: 1, fault: { kind: "status", status: 503 } }],
});

const rule = handedOn<Rule>({
  type: "object",
  properties: {
    when: {
      type: "object",
      description:
        "Some of kind, appliance, sp, chain, address, is, amount (atLeast, atMost). Default: everything.",
    },
    then: { description: '"approve", {"reject": reason}, {"delayMs", "then"} or "ignore".' },
  },
  required: ["then"],
  additionalProperties: false,
  examples: [{ when: { kind: "sign", chain: "solana" }, then: { reject: "not on this chain" } }],
});

const policyChange = object(
  {
    supportedChains: optional(
      handedOn<PolicySettings["supportedChains"]>(listOf({ type: "string", enum: chains })),
    ),
    rateLimit: optional(handedOn<PolicySettings["rateLimit"]>({ type: ["object", "null"] })),
    maxWrongCodes: optional(handedOn<number>({ type: "integer", minimum: 1 })),
    userTimeoutMs: optional(handedOn<number>({ type: "number", minimum: 1 })),
  },
  { supportedChains: ["ethereum", "base", "solana"], rateLimit: { requests: 10_000, perMs: 1_000 } },
);

/** What goes wrong, what is allowed, and what owners do by script. */
export const behaviour: readonly Operation[] = [
  operation({
    id: "listFaults",
    tag: "Behaviour",
    method: "GET",
    path: "/faults",
    summary: "The faults that stand.",
    status: 200,
    answer: faults,
    run: ({ emulator }) => ({ faults: emulator.faults.list().map(faultView) }),
  }),
  operation({
    id: "addFault",
    tag: "Behaviour",
    method: "POST",
    path: "/faults",
    summary: "Scripts what goes wrong between octane and its callers.",
    body: faultRule,
    status: 201,
    answer: schemas.fault,
    run: ({ emulator, body }) => faultView(checked(() => emulator.faults.add(body))),
  }),
  operation({
    id: "clearFaults",
    tag: "Behaviour",
    method: "DELETE",
    path: "/faults",
    summary: "Octane answers straight again.",
    status: 204,
    run: ({ emulator }) => emulator.faults.clear(),
  }),
  operation({
    id: "removeFault",
    tag: "Behaviour",
    method: "DELETE",
    path: "/faults/{fault_id}",
    summary: "Takes one fault back.",
    status: 204,
    run: ({ emulator, param }) => {
      findFault(emulator, param("fault_id")).remove();
    },
  }),
  operation({
    id: "getPolicy",
    tag: "Behaviour",
    method: "GET",
    path: "/policy",
    summary: "What octane allows.",
    status: 200,
    answer: schemas.policy,
    run: ({ emulator }) => emulator.policy.get(),
  }),
  operation({
    id: "setPolicy",
    tag: "Behaviour",
    method: "PATCH",
    path: "/policy",
    summary: "Changes what is named.",
    body: policyChange,
    status: 200,
    answer: schemas.policy,
    run: ({ emulator, body }) => {
      checked(() => emulator.policy.set(body));
      return emulator.policy.get();
    },
  }),
  operation({
    id: "listRules",
    tag: "Behaviour",
    method: "GET",
    path: "/rules",
    summary: "What owners do by script, first match first.",
    status: 200,
    answer: rules,
    run: ({ emulator }) => ({ rules: emulator.rules.list() }),
  }),
  operation({
    id: "addRule",
    tag: "Behaviour",
    method: "POST",
    path: "/rules",
    summary: "Adds a rule after the others.",
    body: rule,
    status: 201,
    answer: rules,
    run: ({ emulator, body }) => {
      checked(() => emulator.rules.add(body));
      return { rules: emulator.rules.list() };
    },
  }),
  operation({
    id: "clearRules",
    tag: "Behaviour",
    method: "DELETE",
    path: "/rules",
    summary: "Takes back all of them.",
    status: 204,
    run: ({ emulator }) => emulator.rules.clear(),
  }),
];
