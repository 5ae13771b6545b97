import type { Answer, BadJson, ContentType, Empty, Html, WrongShape } from "./kinds/body.js";
import type { Garbage, HalfClose, Hang, Refuse, Reset, Stall, Truncate } from "./kinds/connection.js";
import type { Drip, Latency } from "./kinds/latency.js";
import type { Offline, Redirect, Status, UserTimeout } from "./kinds/status.js";

/** Everything that can go wrong on the way, told apart by `kind`. */
export type Fault =
  | Refuse
  | Reset
  | HalfClose
  | Truncate
  | Garbage
  | Hang
  | Stall
  | Latency
  | Drip
  | Status
  | Offline
  | UserTimeout
  | Redirect
  | BadJson
  | WrongShape
  | ContentType
  | Html
  | Empty
  | Answer;
