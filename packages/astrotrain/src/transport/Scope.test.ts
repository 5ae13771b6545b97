import { expect, test } from "vitest";
import { Scope } from "./Scope.js";

test("default: all who joined are ended, with the reason", () => {
  const scope = new Scope();
  const ended: unknown[] = [];
  scope.join((reason) => ended.push(["first", reason]));
  scope.join((reason) => ended.push(["second", reason]));
  scope.end("closed");
  expect(ended).toEqual([
    ["first", "closed"],
    ["second", "closed"],
  ]);
});

test("behavior: who has left is not ended, even by one that ends", () => {
  const scope = new Scope();
  const ended: string[] = [];
  const leave = scope.join(() => ended.push("left"));
  scope.join(() => ended.push("stayed"));
  leave();
  scope.end("closed");
  expect(ended).toEqual(["stayed"]);
});

test("behavior: one that leaves as it is ended keeps no other from its end", () => {
  const scope = new Scope();
  const ended: number[] = [];
  for (const n of [1, 2, 3]) {
    const leave: () => void = scope.join(() => {
      leave();
      ended.push(n);
    });
  }
  scope.end("closed");
  scope.end("closed again");
  expect(ended).toEqual([1, 2, 3]);
});
