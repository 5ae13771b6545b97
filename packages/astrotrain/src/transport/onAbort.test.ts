import { getEventListeners } from "node:events";
import { expect, test, vi } from "vitest";
import { onAbort } from "./onAbort.js";

test("default: all who hang on a signal are told, by one listener", () => {
  const { signal, abort } = controlled();
  const callbacks = Array.from({ length: 50 }, () => vi.fn());
  for (const callback of callbacks) onAbort(signal, callback);
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  abort();
  for (const callback of callbacks) expect(callback).toHaveBeenCalledOnce();
});

test("behavior: who leaves is not told, and the listener goes with the last", () => {
  const { signal, abort } = controlled();
  const [first, second] = [vi.fn(), vi.fn()];
  const leaveFirst = onAbort(signal, first);
  const leaveSecond = onAbort(signal, second);
  leaveFirst();
  leaveFirst();
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  leaveSecond();
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  const third = vi.fn();
  onAbort(signal, third);
  abort();
  expect([first, second, third].map((each) => each.mock.calls.length)).toEqual([0, 0, 1]);
});

function controlled(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
