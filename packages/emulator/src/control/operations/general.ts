import { version } from "../../version.js";
import { checked } from "../ControlError.js";
import { type Operation, operation } from "../Operation.js";
import * as schemas from "../schemas.js";
import { milliseconds, object } from "../shapes.js";
import { clockView, stateView } from "../views.js";

const { record, listOf, number, boolean, string } = schemas;

/** Of the emulator as a whole. */
export const general: readonly Operation[] = [
  operation({
    id: "getHealth",
    tag: "Emulator",
    method: "GET",
    path: "/health",
    summary: "Says that this is an emulator, and runs.",
    status: 200,
    answer: record({ status: { const: "ok" }, emulator: boolean, version: string }),
    run: () => ({ status: "ok", emulator: true, version }),
  }),
  operation({
    id: "getState",
    tag: "Emulator",
    method: "GET",
    path: "/state",
    summary: "All there is, in one answer.",
    status: 200,
    answer: record({
      clock: schemas.clock,
      appliances: listOf(schemas.appliance),
      sessions: listOf(schemas.session),
      service_providers: listOf(schemas.serviceProvider),
      policy: schemas.policy,
      rules: listOf(schemas.anyObject),
      faults: listOf(schemas.fault),
      exchanges: number,
      last_event_id: number,
    }),
    run: ({ emulator }) => stateView(emulator),
  }),
  operation({
    id: "reset",
    tag: "Emulator",
    method: "POST",
    path: "/reset",
    summary: "As it was when it started, with the same first service provider, keys and wallets.",
    status: 204,
    run: ({ emulator }) => emulator.reset(),
  }),
  operation({
    id: "getClock",
    tag: "Emulator",
    method: "GET",
    path: "/clock",
    summary: "The emulator's time.",
    status: 200,
    answer: schemas.clock,
    run: ({ emulator }) => clockView(emulator),
  }),
  operation({
    id: "advanceClock",
    tag: "Emulator",
    method: "POST",
    path: "/clock/advance",
    summary: "Moves the time on: sessions expire, users' time is up, delays of rules are over.",
    body: object({ ms: milliseconds("By how much.", 1_000) }),
    status: 200,
    answer: schemas.clock,
    run: ({ emulator, body }) => {
      checked(() => emulator.clock.advance(body.ms));
      return clockView(emulator);
    },
  }),
];
