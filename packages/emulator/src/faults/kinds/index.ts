import type { Delivery } from "../Delivery.js";
import type { Fault } from "../Fault.js";
import type { Check, Exchange, Kind } from "../Kind.js";
import type { FaultRoute } from "../routes.js";
import { bomb, encoding, endless } from "./big.js";
import { answerOfYourOwn, badJson, contentType, empty, html, wrongShape } from "./body.js";
import { garbage, halfClose, hang, refuse, reset, stall, truncate } from "./connection.js";
import { comments, cut, format, malformed, retry, unterminated } from "./events.js";
import { drip, latency } from "./latency.js";
import { duplicate, stale, swap } from "./mixedUp.js";
import { offline, redirect, status, userTimeout } from "./status.js";
import { wrongKey } from "./wrongKey.js";

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
  bomb,
  endless,
  encoding,
  wrongKey,
  stale,
  duplicate,
  swap,
  cut,
  comments,
  unterminated,
  malformed,
  format,
  retry,
};

/** How the kind of this fault is checked and done. */
export function kindOf(fault: Fault): AnyKind {
  return kinds[fault.kind] as AnyKind;
}

/** A kind whose fault the caller has at hand. */
type AnyKind = {
  readonly fields: Readonly<Record<string, Check>>;
  readonly routes?: (fault: Fault) => readonly FaultRoute[];
  readonly deliver: (fault: Fault, exchange: Exchange) => Promise<Delivery>;
};
