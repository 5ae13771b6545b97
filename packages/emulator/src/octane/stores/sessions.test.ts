import { describe, expect, test } from "vitest";
import { createSessions, type Session } from "./sessions.js";

const session = (session_id: string, more: Partial<Session> = {}): Session => ({
  session_id,
  sp_id: "sp",
  sp_user_ref: "ada",
  requested_scopes: [],
  expires_at_ms: 100,
  ...more,
});

describe("createSessions", () => {
  test("behavior: says until when a provider has too many open, expired ones not counted", () => {
    let now = 0;
    const sessions = createSessions(() => now, { limits: { live: 2, ended: 10 } });
    sessions.add(session("a"));
    expect(sessions.fullUntil("sp")).toBeUndefined();
    sessions.add(session("b", { expires_at_ms: 50 }));
    expect(sessions.fullUntil("sp")).toBe(50);
    expect(sessions.fullUntil("other")).toBeUndefined();
    now = 50;
    expect(sessions.fullUntil("sp")).toBeUndefined();
  });

  test("behavior: by default a provider may have 10,000 open", () => {
    const sessions = createSessions(() => 0);
    for (let made = 1; made < 10_000; made += 1) sessions.add(session(String(made)));
    expect(sessions.fullUntil("sp")).toBeUndefined();
    sessions.add(session("10000"));
    expect(sessions.fullUntil("sp")).toBe(100);
  });

  test("behavior: keeps no more ended ones than it may, and all live ones", () => {
    const sessions = createSessions(() => 0, { limits: { live: 10, ended: 2 } });
    for (const id of ["a", "b", "c", "d"]) sessions.add(session(id));
    const frame = { kind: "pair_rejected", reason: "", completed_at: "" } as const;
    for (const id of ["a", "b", "c"]) sessions.finish(id, frame);
    expect(["a", "b", "c", "d"].map((id) => sessions.find(id) !== undefined)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  test("behavior: open ones are told newest first, however long each of them lives", () => {
    const sessions = createSessions(() => 0);
    for (const [id, expires_at_ms] of [
      ["a", 300],
      ["b", 100],
      ["c", 200],
    ] as const) {
      sessions.add(session(id, { expires_at_ms, sp_id: `sp of ${id}` }));
    }
    expect(sessions.open().map(({ session_id }) => session_id)).toEqual(["c", "b", "a"]);
  });

  test("behavior: the first end stands", () => {
    const sessions = createSessions(() => 0);
    sessions.add(session("a"));
    sessions.finish("a", { kind: "pair_rejected", reason: "first", completed_at: "" });
    sessions.finish("a", { kind: "pair_expired", completed_at: "" });
    expect(sessions.find("a")?.frame).toMatchObject({ reason: "first" });
  });
});
