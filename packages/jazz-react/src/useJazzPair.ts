"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { PairFlow } from "./flow/PairFlow.js";
import type { JazzPairOptions } from "./PairFlowOptions.js";
import type { PairState } from "./PairState.js";

/** Where a pairing stands, and what the user can do about it. The functions stay the same between renders. */
export type JazzPairControls = {
  readonly state: PairState;
  /** Opens a new session, with a new code. The open one, if any, is left alone. */
  readonly renew: () => void;
  /** Asks for the outcome of the open session again, at once. */
  readonly check: () => void;
  /**
   * Ends the open session: `rejected` with the reason `cancelled`, unless it had ended before. Where the proxy does not confirm
   * it, `error`, and the session may go on: ask with `check`, or try again.
   */
  readonly cancel: () => void;
  /** To be called when `link` is tapped, so that a page that is loaded anew takes the session up again. */
  readonly open: () => void;
};

/**
 * The pairing without its looks. A session is opened when the component appears, once even in StrictMode, and waited for
 * until the component goes away.
 *
 * @example
 * ```tsx
 * const { state, renew } = useJazzPair({ octaneUrl: "/api", apiKey: "proxied-server-side", createSession });
 * if (state.status === "ready") return <a href={state.session.link}>Pair ({state.session.code})</a>;
 * if (state.status === "expired") return <button onClick={renew}>New code</button>;
 * ```
 */
export function useJazzPair(options: JazzPairOptions): JazzPairControls {
  const [flow] = useState(() => new PairFlow(options));
  const [controls] = useState(() => ({
    renew: flow.renew,
    check: flow.check,
    cancel: () => void flow.cancel(),
    open: flow.open,
  }));
  const state = useSyncExternalStore(flow.subscribe, flow.state, () => idle);
  useEffect(() => {
    flow.options = options;
  });
  useEffect(() => flow.mount(), [flow]);
  return { state, ...controls };
}

const idle: PairState = { status: "idle" };
