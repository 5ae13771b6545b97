import { describe, expect, test } from "vitest";
import { start, ways } from "../../../test/overBoth.js";
import type { Fault } from "../../index.js";

type Thrown = { message: string; cause?: { code?: string } };

describe.each(ways)("over %s", (way) => {
  /** The stream of a session that is over, whole, and how it broke. */
  async function stream(fault: Fault, ended = true): Promise<string> {
    const { emulator, sp } = await start(way);
    const id = ended ? (await sp.open()).id : (await sp.session()).body.session_id;
    emulator.faults.add({ route: "*", fault });
    const response = await sp.raw("GET", `/sp/pair/sessions/${id}/result`);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    let text = "";
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    try {
      for await (const chunk of response.body!) text += decoder.decode(chunk, { stream: true });
      return text;
    } catch (error) {
      return `${text}${(error as Thrown).cause?.code}`;
    }
  }

  test("parameters: cut", async () => {
    expect(await stream({ kind: "cut" })).toBe(": keep-alive\n\nUND_ERR_SOCKET");
    expect(await stream({ kind: "cut", how: "end" })).toBe(": keep-alive\n\n");
    expect(await stream({ kind: "cut", frames: 1, how: "reset" })).toMatch(/"kind".*}\n\nECONNRESET$/);
    const started = performance.now();
    expect(await stream({ kind: "cut", ms: 30, how: "end" }, false)).toBe(": keep-alive\n\n");
    expect(performance.now() - started).toBeGreaterThan(29);
  });

  test("parameters: comments", async () => {
    const text = await stream({ kind: "comments", count: 100_000 });
    expect(text.match(/^: flood$/gm)).toHaveLength(100_000);
    expect(text).toContain("pair_completed");
  });

  test("parameters: unterminated", async () => {
    const line = await stream({ kind: "unterminated", bytes: 100_000 });
    expect(line.indexOf("\n")).toBeGreaterThanOrEqual(100_000);
    const lines = await stream({ kind: "unterminated", bytes: 1_000, lineBytes: 10 });
    expect(lines.startsWith("data: xxx\n".repeat(100))).toBe(true);
  });

  test("parameters: malformed, retry", async () => {
    expect(await stream({ kind: "malformed" })).toMatch(/^data: \{"kind":\n\n: keep-alive\n\nevent/);
    expect(await stream({ kind: "malformed", data: "[]" })).toMatch(/^data: \[\]\n\n/);
    expect(await stream({ kind: "retry", value: "250" })).toMatch(/^retry: 250\n\n: keep-alive\n\nevent/);
  });

  test("parameters: format", async () => {
    expect(await stream({ kind: "format", as: "crlf" })).toMatch(/^: keep-alive\r\n\r\nevent: .*\r\n\r\n$/s);
    expect(await stream({ kind: "format", as: "cr" })).toMatch(/^: keep-alive\r\revent: [^\n]*\r\r$/);
    expect(await stream({ kind: "format", as: "bom" })).toMatch(/^\ufeff: keep-alive\n\nevent/);
    expect(await stream({ kind: "format", as: "multiLine" })).toMatch(/\ndata: \{\ndata: {2}"kind"/);
    expect(await stream({ kind: "format", as: "noSpace" })).toMatch(/\nevent:pair_completed\ndata:\{/);
    expect(await stream({ kind: "format", as: "unknownFields" })).toMatch(/\nweather: fine\nid\nevent/);
  });

  test("parameters: stall is silence", async () => {
    const { emulator, sp } = await start(way);
    const { id } = await sp.open();
    emulator.faults.add({ route: "awaitPairResult", fault: { kind: "stall" } });
    const signal = AbortSignal.timeout(50);
    const response = await sp.raw("GET", `/sp/pair/sessions/${id}/result`, { signal });
    await expect(response.text()).rejects.toMatchObject({ name: "TimeoutError" });
  });
});
