import type { Bomb, Encoding, Endless } from "./kinds/big.js";
import type { Answer, BadJson, ContentType, Empty, Html, WrongShape } from "./kinds/body.js";
import type { Garbage, HalfClose, Hang, Refuse, Reset, Stall, Truncate } from "./kinds/connection.js";
import type { Comments, Cut, Format, Malformed, Retry, Unterminated } from "./kinds/events.js";
import type { Drip, Latency } from "./kinds/latency.js";
import type { Duplicate, Stale, Swap } from "./kinds/mixedUp.js";
import type { Offline, Redirect, Status, UserTimeout } from "./kinds/status.js";
import type { WrongKey } from "./kinds/wrongKey.js";

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
  | Answer
  | Bomb
  | Endless
  | Encoding
  | WrongKey
  | Stale
  | Duplicate
  | Swap
  | Cut
  | Comments
  | Unterminated
  | Malformed
  | Format
  | Retry;
