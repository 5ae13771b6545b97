import { rfc3339 } from "../clock/moment.js";
/** What kinds of things happen. */
export type EventKind =
  | "session_created"
  | "session_scanned"
  | "session_finished"
  | "pair_activated"
  | "pair_revoked"
  | "sign_requested"
  | "sign_decided"
  | "appliance_online"
  | "appliance_offline"
  | "sp_changed"
  | "policy_changed"
  | "rules_changed"
  | "faults_changed"
  | "clock_advanced"
  | "traffic"
  | "reset";

/** What a thing happened to, and how it ended where that can be told in a word. */
export type EventIds = {
  readonly session_id?: string;
  readonly pair_id?: string;
  readonly request_id?: string;
  readonly appliance_id?: string;
  readonly sp_id?: string;
  readonly exchange_id?: number;
  /**
   * Of `session_finished`: `completed`, `rejected`, `expired`. Of `sign_decided`: `signed`, `rejected` and others. Of `traffic`:
   * `open` when a request comes and when a stream begins, nothing at the end.
   */
  readonly outcome?: string;
};

/** Something that happened. `id` counts up from 1, `at` is RFC 3339 by the emulator's clock. */
export type EmulatorEvent = EventIds & {
  readonly id: number;
  readonly at: string;
  readonly kind: EventKind;
};

/**
 * What happens, for whoever listens.
 *
 * @example
 * ```ts
 * const stop = emulator.events.subscribe(({ kind, pair_id }) => console.log(kind, pair_id));
 * ```
 */
export type Events = {
  /**
   * Calls the listener at each event, at once, until the answer is called. What it throws is dropped. With a journal, what is
   * told is in storage once `settled()` has resolved; `sign_decided` is what the owner did, before the caller has its answer.
   */
  readonly subscribe: (listener: (event: EmulatorEvent) => void) => () => void;
  /** The events after that id, oldest first; the last 1,000 are kept. */
  readonly since: (id: number) => readonly EmulatorEvent[];
};

/** Says that something has happened. */
export type Emit = (kind: EventKind, ids?: EventIds) => void;

const mostKept = 1_000;

/** Makes an empty record. */
export function createEvents(now: () => number): { events: Events; emit: Emit } {
  const listeners = new Set<(event: EmulatorEvent) => void>();
  let kept: EmulatorEvent[] = [];
  let last = 0;
  const emit: Emit = (kind, ids) => {
    last += 1;
    const event: EmulatorEvent = Object.freeze({ id: last, at: rfc3339(now()), kind, ...ids });
    kept.push(event);
    // Cut in one go now and then: shifting each time would move all of them.
    if (kept.length >= 2 * mostKept) kept = kept.slice(-mostKept);
    for (const listener of [...listeners]) tell(listener, event);
  };
  const events: Events = {
    subscribe: (listener) => {
      // Each subscription is its own, also of one function twice.
      const each = (event: EmulatorEvent): void => listener(event);
      listeners.add(each);
      return () => void listeners.delete(each);
    },
    since: (id) => kept.slice(-mostKept).filter((event) => event.id > id),
  };
  return { events: Object.freeze(events), emit };
}

/** A listener that fails must not stop octane half way. */
function tell(listener: (event: EmulatorEvent) => void, event: EmulatorEvent): void {
  try {
    listener(event);
  } catch {}
}
