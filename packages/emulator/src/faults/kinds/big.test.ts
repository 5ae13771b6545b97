import { describe, expect, test } from "vitest";
import { start, ways } from "../../../test/overBoth.js";
import type { Fault } from "../../index.js";

const session = { method: "POST", headers: { "content-type": "application/json" } };

async function readUpTo(response: Response, most: number): Promise<number> {
  const reader = response.body!.getReader();
  let length = 0;
  while (length < most) {
    const { done, value } = await reader.read();
    if (done) return length;
    length += value.length;
  }
  await reader.cancel();
  return length;
}

describe.each(ways)("over %s", (way) => {
  async function under(fault: Fault): Promise<Response> {
    const { emulator, sp } = await start(way);
    emulator.faults.add({ route: "createPairSession", calls: 1, fault });
    const scopes = [{ chain: "base", access: "sign" }];
    const body = JSON.stringify({ sp_user_ref: "ada", requested_scopes: scopes });
    return sp.raw("POST", "/sp/pair/sessions", { ...session, body });
  }

  test.each(["gzip", "br", "deflate"] as const)("parameters: a %s bomb", async (encoding) => {
    const bytes = 3_000_000;
    const response = await under({ kind: "bomb", encoding, bytes });
    expect(response.headers.get("content-encoding")).toBe(encoding);
    expect(response.headers.get("content-type")).toBe("application/json");
    const text = await response.text();
    expect(text.length).toBe(bytes);
    expect(text.trim()).toBe("");
  });

  test("parameters: a bomb without end, and an endless body, stop being made when nobody reads", async () => {
    for (const fault of [
      { kind: "bomb", encoding: "gzip", bytes: Number.POSITIVE_INFINITY },
      { kind: "endless" },
    ] as const) {
      const response = await under(fault);
      expect(await readUpTo(response, 1_000_000)).toBeGreaterThanOrEqual(1_000_000);
    }
  });

  test("behavior: a body without end leaves time for a timer to end it", async () => {
    const { emulator, sp } = await start(way);
    emulator.faults.add({ route: "*", fault: { kind: "endless" } });
    const answer = sp.raw("GET", "/sp/none", { signal: AbortSignal.timeout(60) });
    await expect(answer.then((response) => response.text())).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("behavior: a coded stream still gives each event when it happens", async () => {
    const { emulator, sp } = await start(way);
    const { body } = await sp.session();
    emulator.faults.add({ route: "awaitPairResult", fault: { kind: "encoding", encoding: "gzip" } });
    const response = await sp.raw("GET", `/sp/pair/sessions/${body.session_id}/result`);
    expect(await readUpTo(response, 1)).toBeGreaterThan(0);
  });

  test("parameters: encoding", async () => {
    const stacked = await under({ kind: "encoding", encoding: "gzip, br, deflate" });
    expect(stacked.headers.get("content-encoding")).toBe("gzip, br, deflate");
    expect(await stacked.json()).toHaveProperty("session_id");
    const unknown = await under({ kind: "encoding", encoding: "middle-out" });
    expect(await unknown.json()).toHaveProperty("session_id");
    const six = under({ kind: "encoding", encoding: Array(6).fill("gzip").join(", ") });
    await expect(six).rejects.toMatchObject({
      message: "fetch failed",
      cause: { message: "too many content-encodings in response: 6, maximum allowed is 5" },
    });
  });
});
