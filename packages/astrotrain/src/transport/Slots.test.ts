import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { Slots } from "./Slots.js";

const attempt = (signal = new AbortController().signal) => ({
  signal,
  sent: false,
  remainingMs: () => Number.POSITIVE_INFINITY,
});

const deferred = () => {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};

test("default: so many run at once, the rest in the order in which they came", async () => {
  const slots = new Slots(2);
  const gates = Array.from({ length: 5 }, deferred);
  const begun: number[] = [];
  const all = gates.map((gate, i) =>
    slots.use(attempt(), async () => {
      begun.push(i);
      await gate.promise;
    }),
  );
  await new Promise((resolve) => setTimeout(resolve));
  expect(begun).toEqual([0, 1]);
  gates[1]?.resolve();
  await all[1];
  await new Promise((resolve) => setTimeout(resolve));
  expect(begun).toEqual([0, 1, 2]);
  for (const gate of gates) gate.resolve();
  await Promise.all(all);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});

test("behavior: a failure gives its place away", async () => {
  const slots = new Slots(1);
  await expect(slots.use(attempt(), async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await slots.use(attempt(), async () => 1)).toBe(1);
});

test("behavior: who is aborted makes room, whatever it still does", async () => {
  const slots = new Slots(1);
  const controller = new AbortController();
  const gate = deferred();
  const stubborn = slots.use(attempt(controller.signal), () => gate.promise);
  controller.abort();
  expect(await slots.use(attempt(), async () => 2)).toBe(2);
  gate.resolve();
  await stubborn;
  // Its place was given away once.
  const second = deferred();
  const running = slots.use(attempt(), () => second.promise);
  let begun = false;
  const waiting = slots.use(attempt(), async () => {
    begun = true;
  });
  await new Promise((resolve) => setTimeout(resolve));
  expect(begun).toBe(false);
  second.resolve();
  await Promise.all([running, waiting]);
});

test("behavior: who is aborted in line leaves it and never begins", async () => {
  const slots = new Slots(1);
  const gate = deferred();
  const first = slots.use(attempt(), () => gate.promise);
  const controller = new AbortController();
  let begun = false;
  const second = slots.use(attempt(controller.signal), async () => {
    begun = true;
  });
  controller.abort("enough");
  await expect(second).rejects.toBe("enough");
  gate.resolve();
  await first;
  expect(await slots.use(attempt(), async () => 3)).toBe(3);
  expect(begun).toBe(false);
});

test("behavior: who was aborted before it came never stands in line", async () => {
  const slots = new Slots(1);
  const gate = deferred();
  const first = slots.use(attempt(), () => gate.promise);
  const never = () => Promise.reject(new Error("began"));
  await expect(slots.use(attempt(AbortSignal.abort("before")), never)).rejects.toBe("before");
  gate.resolve();
  await first;
  await expect(slots.use(attempt(AbortSignal.abort("free")), never)).rejects.toBe("free");
  expect(await slots.use(attempt(), async () => 3)).toBe(3);
});

test("behavior: who was aborted in line takes no later place, and its listener goes", async () => {
  const slots = new Slots(1);
  const gate = deferred();
  const first = slots.use(attempt(), () => gate.promise);
  const left = new AbortController();
  const second = slots.use(attempt(left.signal), async () => 2);
  const patient = new AbortController();
  const third = slots.use(attempt(patient.signal), async () => 3);
  expect(getEventListeners(left.signal, "abort")).toHaveLength(1);
  left.abort("enough");
  await expect(second).rejects.toBe("enough");
  gate.resolve();
  await first;
  expect(await third).toBe(3);
  expect(getEventListeners(left.signal, "abort")).toHaveLength(0);
  expect(getEventListeners(patient.signal, "abort")).toHaveLength(0);
});

test("behavior: a place that all have left becomes free once", async () => {
  const slots = new Slots(1);
  const gate = deferred();
  const first = slots.use(attempt(), () => gate.promise);
  const inLine = new AbortController();
  const second = slots.use(attempt(inLine.signal), async () => 2);
  // It waits when its turn is set, and has gone when it comes.
  gate.resolve();
  await first;
  inLine.abort("enough");
  await expect(second).rejects.toBe("enough");
  await new Promise((resolve) => setTimeout(resolve));
  const held = deferred();
  const begun: number[] = [];
  const running = [1, 2].map((n) =>
    slots.use(attempt(), async () => {
      begun.push(n);
      await held.promise;
    }),
  );
  await new Promise((resolve) => setTimeout(resolve));
  expect(begun).toEqual([1]);
  held.resolve();
  await Promise.all(running);
});
