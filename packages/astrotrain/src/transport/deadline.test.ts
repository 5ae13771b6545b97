import { getEventListeners } from "node:events";
import { describe, expect, test, vi } from "vitest";
import { rejection } from "../../test/scriptedOctane.js";
import { ShapeError } from "../errors/ShapeError.js";
import { TransportError } from "../errors/TransportError.js";
import { pause, withDeadline } from "./deadline.js";

const never = (): Promise<never> => new Promise(() => {});

const causeOf = (error: unknown): unknown =>
  error instanceof TransportError && error.details.kind === "network" ? error.details.cause : undefined;

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
  test("behavior: an abort ends it, before or while it lasts", async () => {
    expect(await rejection(pause(60_000, AbortSignal.abort("before")))).toBe("before");
    const controller = new AbortController();
    const pausing = rejection(pause(60_000, controller.signal));
    controller.abort("while");
    expect(await pausing).toBe("while");
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });
});
