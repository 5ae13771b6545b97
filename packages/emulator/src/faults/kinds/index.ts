import type { Delivery } from "../Delivery.js";
import type { Fault } from "../Fault.js";
import type { Check, Exchange, Kind } from "../Kind.js";
import { answerOfYourOwn, badJson, contentType, empty, html, wrongShape } from "./body.js";
import { garbage, halfClose, hang, refuse, reset, stall, truncate } from "./connection.js";
import { drip, latency } from "./latency.js";
import { offline, redirect, status, userTimeout } from "./status.js";

/** Every kind of fault. */
export const kinds: { readonly [Name in Fault["kind"]]: Kind<Extract<Fault, { kind: Name }>> } = {
  refuse,
  reset,
  halfClose,
  truncate,
  garbage,
  hang,
  stall,
  latency,
  drip,
  status,
  offline,
  userTimeout,
  redirect,
  badJson,
  wrongShape,
  contentType,
  html,
  empty,
  answer: answerOfYourOwn,
};

/** How the kind of this fault is checked and done. */
export function kindOf(fault: Fault): AnyKind {
  return kinds[fault.kind] as AnyKind;
}

/** A kind whose fault the caller has at hand. */
type AnyKind = Omit<Kind<never>, "fields" | "deliver"> & {
  readonly fields: Readonly<Record<string, Check>>;
  readonly deliver: (fault: Fault, exchange: Exchange) => Promise<Delivery>;
};
