import { describe, expect, test } from "vitest";
import { readCreated } from "./readCreated.js";

const created = { session_id: "s-1", expires_at: "2026-01-01T00:05:00Z", validation_code: "012345" };
const refusal = { error: { code: "unauthorized", message: "Log in first." } };
const page = "<h1>Internal Server Error</h1>";

describe("readCreated", () => {
  test("default: what the server's answer holds, or what the page took out of it", async () => {
    expect(await readCreated(Response.json(created, { status: 201 }))).toEqual(created);
    expect(await readCreated(created)).toBe(created);
  });

  test.each([
    ["401", Response.json(refusal, { status: 401 }), 401, "unauthorized", "Log in first."],
    [
      "502",
      Response.json({ error: { code: "upstream_failed" } }, { status: 502 }),
      502,
      "upstream_failed",
      "",
    ],
    ["a page of HTML", new Response(page, { status: 500 }), 500, undefined, page],
  ])("behavior: %s is a refusal, with its status, code and body", async (_, response, status, code, body) => {
    const error = await readCreated(response).catch((error: unknown) => error);
    expect(error).toMatchObject({ kind: "http", status, body: expect.stringContaining(body) });
    expect((error as { code?: string }).code).toBe(code);
    expect((error as Error).message).toBe(
      `createSession failed: the proxy answered ${status} ${code ?? ""}`.trim(),
    );
  });

  test("behavior: a page of HTML with status 200, such as that of a login, is no JSON", async () => {
    await expect(readCreated(new Response("<form>"))).rejects.toMatchObject({
      kind: "deserialise",
      message: expect.stringContaining("status 200 that is no JSON"),
    });
  });

  test("behavior: a response that the page has read is told as that, and not as a lack of a connection", async () => {
    const response = Response.json(created);
    await response.json();
    await expect(readCreated(response)).rejects.toMatchObject({
      kind: "deserialise",
      message: expect.stringContaining("read already"),
    });
  });
});
