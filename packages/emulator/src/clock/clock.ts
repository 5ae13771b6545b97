import { requireRange } from "../internal/requireRange.js";
import { laterMeanwhile } from "../internal/timer.js";

/**
 * The emulator's time.
 *
 * @example
 * ```ts
 * emulator.clock.advance(301_000); // a session of 300 s is over
 * ```
 */
export type Clock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Moves the time on: sessions expire, users' time is up, delays of rules are over. By so many milliseconds, 0 or more,
   * up to the year 2100.
   *
   * @throws RangeError
   */
  readonly advance: (ms: number) => void;
};

/** The clock as the emulator's parts use it. */
export type EmulatorClock = Clock & {
  /**
   * Calls `run` once after `ms` milliseconds of this clock, unless cancelled. It keeps no process alive: whoever waits for
   * an answer does.
   */
  later(ms: number, run: () => void): () => void;
  /** Calls `run` after each advance, once what is due has happened. */
  onAdvance(run: (ms: number) => void): void;
  /** Takes back what was advanced. */
  reset(): void;
};

/** What a clock is made of: `standing` is one that moves by `advance` alone. */
export type ClockOptions = { readonly now: () => number; readonly standing?: boolean };

type Timer = { due: number; readonly run: () => void; stop: () => void };

/** 2100-01-01: whoever waits for a later one means something else, and a Date has no room for all numbers. */
const lastMoment = Date.UTC(2100, 0, 1);

/** Makes a clock over another one. */
export function createClock({ now, standing = false }: ClockOptions): EmulatorClock {
  const timers = new Set<Timer>();
  const listeners: ((ms: number) => void)[] = [];
  let advanced = 0;
  // Timers go by time that has passed: `now` may be a test's, which jumps.
  const passed = (): number => advanced + (standing ? 0 : performance.now());

  const fire = (timer: Timer): void => {
    timer.stop();
    if (timers.delete(timer)) timer.run();
  };
  const arm = (timer: Timer, ms: number): void => {
    timer.stop();
    if (!standing) timer.stop = laterMeanwhile(ms, () => fire(timer));
  };

  return {
    now: () => now() + advanced,
    later: (ms, run) => {
      const timer: Timer = { due: passed() + ms, run, stop: () => {} };
      timers.add(timer);
      arm(timer, ms);
      return () => {
        timer.stop();
        timers.delete(timer);
      };
    },
    advance: (ms) => {
      requireRange("advance", ms, 0, Math.max(0, lastMoment - now() - advanced), Number.isFinite);
      advanced += ms;
      const due = [...timers].filter((timer) => timer.due <= passed()).sort((a, b) => a.due - b.due);
      for (const timer of due) fire(timer);
      for (const timer of timers) arm(timer, Math.ceil(timer.due - passed()));
      for (const run of listeners) run(ms);
    },
    onAdvance: (run) => void listeners.push(run),
    reset: () => {
      // What still waits has as long to go as before.
      for (const timer of timers) timer.due -= advanced;
      advanced = 0;
    },
  };
}
