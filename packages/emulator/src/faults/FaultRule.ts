import type { Fault } from "./Fault.js";
import type { FaultRoute } from "./routes.js";

/** Which fault strikes, where, and when. */
export type FaultRule = {
  /** The route, by the SDK's call; `"*"` for every request. */
  readonly route: FaultRoute | "*";
  /**
   * Which calls it strikes: how many in a row; or the numbers of the calls; or a function that is asked for each
   * number. Calls are numbered from 1, from when the rule was added and after those that `after` lets through.
   * Default: all.
   */
  readonly calls?: number | readonly number[] | ((call: number) => boolean);
  /** How many calls to let through first. Default 0. */
  readonly after?: number;
  readonly fault: Fault;
};
