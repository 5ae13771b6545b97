import { getEventListeners } from "node:events";
import { describe, expect, test, vi } from "vitest";
import { rejection } from "../../test/scriptedOctane.js";
import { ConfigError } from "../errors/ConfigError.js";
import { ShapeError } from "../errors/ShapeError.js";
import { TransportError } from "../errors/TransportError.js";
import { type Attempt, checkLimits, pause, withDeadline } from "./deadline.js";
import { Scope } from "./Scope.js";

const never = (): Promise<never> => new Promise(() => {});

const causeOf = (error: unknown): unknown =>
  error instanceof TransportError && error.details.kind === "network" ? error.details.cause : undefined;

describe("checkLimits", () => {
  test.each([1, 0.5, 30_000, 2 ** 31 - 1])("parameters: a timeoutMs of %d is taken", (timeoutMs) => {
    expect(() => checkLimits({ timeoutMs })).not.toThrow();
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "1000", null])(
    "behavior: a timeoutMs of %j is none",
    (timeoutMs) => {
      expect(() => checkLimits({ timeoutMs: timeoutMs as number })).toThrow(
        new ConfigError("timeoutMs", "must be a number of milliseconds from 1 to 2147483647."),
      );
    },
  );

  test("behavior: a signal of another realm is one, by what it can do", () => {
    const signal = {
      addEventListener: () => {},
      removeEventListener: () => {},
      aborted: false,
    } as unknown as AbortSignal;
    expect(() => checkLimits({ signal })).not.toThrow();
  });

  test.each([
    null,
    {},
    7,
    { aborted: false },
    { addEventListener: () => {}, removeEventListener: () => {} },
    { addEventListener: () => {}, aborted: false },
    { removeEventListener: () => {}, aborted: false },
    { addEventListener: true, removeEventListener: () => {}, aborted: false },
    { addEventListener: () => {}, removeEventListener: true, aborted: false },
    { addEventListener: () => {}, removeEventListener: () => {}, aborted: "no" },
  ])("behavior: %j is no signal", (signal) => {
    expect(() => checkLimits({ signal: signal as unknown as AbortSignal })).toThrow(
      new ConfigError("signal", "must be an AbortSignal."),
    );
  });

  test("behavior: no limits are none", () => {
    expect(() => checkLimits({})).not.toThrow();
  });
});

describe("withDeadline", () => {
  test("default", async () => {
    const { signal } = new AbortController();
    expect(await withDeadline({ signal, timeoutMs: 1000 }, async () => 7)).toBe(7);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  test("behavior: a time-out ends what heeds no signal", async () => {
    const error = await rejection(withDeadline({ timeoutMs: 5 }, never));
    expect(causeOf(error)).toMatchObject({ name: "TimeoutError" });
  });

  test("behavior: an abort ends it with the signal's own reason, and leaves no listener", async () => {
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const running = rejection(withDeadline({ signal: controller.signal }, never));
    controller.abort(reason);
    expect(causeOf(await running)).toBe(reason);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  test("behavior: nothing runs under a signal that is aborted already", async () => {
    let ran = false;
    const run = async (): Promise<void> => {
      ran = true;
    };
    const error = await rejection(withDeadline({ signal: AbortSignal.abort("no") }, run));
    expect(error).toMatchObject({ details: { cause: "no", sent: false } });
    expect(ran).toBe(false);
  });

  test("behavior: our own errors pass through, a stranger's is a network failure's cause", async () => {
    const own = new ShapeError("a", "b");
    expect(await rejection(withDeadline({}, () => Promise.reject(own)))).toBe(own);
    const foreign = new TypeError("not a function");
    expect(causeOf(await rejection(withDeadline({}, () => Promise.reject(foreign))))).toBe(foreign);
  });

  test("behavior: a failure says whether a byte may have left, and whose it was", async () => {
    const fails = (cause: unknown, sent: boolean) =>
      rejection(
        withDeadline({}, (attempt) => {
          attempt.sent = sent;
          return Promise.reject(cause);
        }),
      );
    for (const sent of [true, false]) {
      expect(await fails("x", sent)).toMatchObject({ details: { cause: "x", sent, foreign: true } });
    }
    const controller = new AbortController();
    const running = rejection(
      withDeadline({ signal: controller.signal }, (attempt) => {
        attempt.sent = true;
        return never();
      }),
    );
    controller.abort("enough");
    expect(await running).toMatchObject({ details: { cause: "enough", sent: true } });
  });

  test("behavior: a step that rejects with the abort's own reason is no stranger's failure", async () => {
    let details: unknown;
    const controller = new AbortController();
    const scope = new Scope();
    const running = rejection(
      withDeadline({ signal: controller.signal, scope }, ({ signal }) => {
        // In the same turn as the abort, so that it comes before the abort's own end.
        controller.abort("enough");
        return Promise.reject(signal.reason);
      }).catch((error: TransportError) => {
        details = error.details;
        throw error;
      }),
    );
    await running;
    expect(details).toMatchObject({ cause: "enough" });
    expect(details).not.toMatchObject({ foreign: true });
  });

  test("behavior: how much time is left", async () => {
    vi.useFakeTimers();
    const left: number[] = [];
    const run = async ({ remainingMs }: Attempt): Promise<void> => {
      left.push(remainingMs());
      await vi.advanceTimersByTimeAsync(400);
      left.push(remainingMs());
    };
    await withDeadline({ timeoutMs: 1_000 }, run);
    await withDeadline({}, run);
    vi.useRealTimers();
    expect(left).toEqual([1_000, 600, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  test("behavior: the scope that it belongs to ends it, and is left afterwards", async () => {
    const scope = new Scope();
    const running = rejection(withDeadline({ scope }, never));
    scope.end("closed");
    expect(causeOf(await running)).toBe("closed");
    const ended = vi.fn();
    await withDeadline({ scope }, async ({ signal }) => signal.addEventListener("abort", ended));
    scope.end("closed again");
    expect(ended).not.toHaveBeenCalled();
  });

  test("behavior: a time-out says after how long", async () => {
    const error = await rejection(withDeadline({ timeoutMs: 5 }, never));
    expect((causeOf(error) as Error).message).toBe("No answer within 5 ms.");
  });

  test("behavior: no timer outlives the call, however it ends", async () => {
    vi.useFakeTimers();
    await withDeadline({ timeoutMs: 1000 }, async () => 7);
    await rejection(withDeadline({ timeoutMs: 1000 }, () => Promise.reject(new ShapeError("a", "b"))));
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  test("behavior: an abort from within the call's first step ends it", async () => {
    const controller = new AbortController();
    const run = (): Promise<never> => {
      controller.abort("at once");
      return new Promise(() => {});
    };
    expect(causeOf(await rejection(withDeadline({ signal: controller.signal, timeoutMs: 1000 }, run)))).toBe(
      "at once",
    );
  });
});

describe("pause", () => {
  test("default: it ends by itself, and leaves no listener", async () => {
    const { signal } = new AbortController();
    await pause(1, signal);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  test("behavior: an abort leaves no timer", async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const pausing = rejection(pause(60_000, controller.signal));
    controller.abort("while");
    await pausing;
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  test("behavior: an abort ends it, before or while it lasts", async () => {
    expect(await rejection(pause(60_000, AbortSignal.abort("before")))).toBe("before");
    const controller = new AbortController();
    const pausing = rejection(pause(60_000, controller.signal));
    controller.abort("while");
    expect(await pausing).toBe("while");
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });
});
