import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { client, signBody } from "../../test/client.js";
import { createEmulator } from "../index.js";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const emulator = createEmulator();
const sp = client(emulator);
const authorization = `Bearer ${emulator.sp.apiKey}`;

describe("every response", () => {
  test("default", async () => {
    const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    const { headers } = await sp.session();
    expect(headers.get("x-sigil-emulator")).toBe(version);
    expect(headers.get("x-request-id")).toMatch(uuid);
    expect(headers.get("content-type")).toBe("application/json");
  });

  test("behavior: a refusal says what to do, with the id of its header", async () => {
    const { status, headers, body } = await sp.get("/sp/nothing");
    expect(status).toBe(404);
    expect(headers.get("x-sigil-emulator")).not.toBeNull();
    expect(body.request_id).toBe(headers.get("x-request-id"));
    expect(body).toEqual({
      error: { code: "not_found", message: expect.stringContaining("GET /octane/sp/nothing") },
      request_id: expect.stringMatching(uuid),
    });
  });

  test("behavior: its Date is octane's time, also where that was moved on", async () => {
    const other = createEmulator({ now: () => Date.UTC(2026, 0, 1) });
    other.clock.advance(600_000);
    const { headers } = await client(other).session();
    expect(headers.get("date")).toBe("Thu, 01 Jan 2026 00:10:00 GMT");
  });

  test("behavior: no CORS header, not even for a preflight", async () => {
    const headers = { origin: "https://evil.test", "access-control-request-method": "POST" };
    const response = await sp.raw("OPTIONS", "/sp/sign", { headers });
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    expect(response.status).toBe(405);
  });
});

describe("routes", () => {
  test.each(["http://127.0.0.1:8124", "https://api.sigilvault.xyz/octane", "http://x.test:1/octane"])(
    "parameters: %s",
    async (origin) => {
      const body = JSON.stringify({
        sp_user_ref: "ada",
        requested_scopes: [{ chain: "bnb", access: "sign" }],
      });
      const headers = { authorization, "content-type": "application/json" };
      const response = await emulator.fetch(`${origin}/sp/pair/sessions`, { method: "POST", headers, body });
      expect(response.status).toBe(201);
    },
  );

  test.each([
    "/octane/octane/sp/sign",
    "/octane%2Fsp%2Fsign",
    "//sp/sign",
    "/sp/sign/",
    "/SP/SIGN",
    "/octane",
  ])("behavior: %s is no route", async (path) => {
    const init = {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: "{}",
    };
    expect((await emulator.fetch(`https://o.test${path}`, init)).status).toBe(404);
  });

  test.each([
    ["GET", "/sp/sign", "POST"],
    ["GET", "/sp/pair/sessions", "POST"],
    ["PUT", "/sp/pair/validate", "POST"],
    ["HEAD", "/sp/pair/sessions/x/result", "GET"],
    ["POST", "/sp/pairings/x/wallets", "GET"],
    ["HEAD", "/sp/pairings/x/events", "GET"],
    ["GET", "/sp/pairings/x", "DELETE"],
  ])("behavior: %s %s only takes %s", async (method, path, allowed) => {
    const response = await sp.raw(method, path);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe(allowed);
    if (method !== "HEAD") expect((await response.json()).error.code).toBe("method_not_allowed");
  });
});

describe("authorization", () => {
  test.each([
    ["none", undefined],
    ["another scheme", `Basic ${emulator.sp.apiKey}`],
    ["an unknown key", "Bearer sk_test_emulator_unknown"],
    ["two keys", `Bearer ${emulator.sp.apiKey} ${emulator.sp.apiKey}`],
    ["no key", "Bearer "],
  ])("parameters: %s", async (_, value) => {
    for (const path of ["/sp/sign", "/sp/pairings/x", "/sp/unknown"]) {
      const headers = value === undefined ? {} : { authorization: value };
      const response = await emulator.fetch(`https://o.test${path}`, { headers });
      const text = await response.text();
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect(JSON.parse(text).error.code).toBe("unauthorized");
      expect(text).not.toContain("sk_test_emulator_");
    }
  });

  test("behavior: the scheme's case does not matter", async () => {
    const response = await sp.raw("GET", "/sp/none", {
      headers: { authorization: `bearer ${emulator.sp.apiKey}` },
    });
    expect(response.status).toBe(404);
  });
});

describe("bodies", () => {
  const send = (body: BodyInit | null, type: string | undefined = "application/json", more: object = {}) =>
    sp.raw("POST", "/sp/sign", {
      body,
      headers: type === undefined ? {} : { "content-type": type },
      ...more,
    });
  const code = async (response: Response) => (await response.json()).error.code;
  const stream = (chunks: number, counter = { read: 0 }) =>
    new ReadableStream<Uint8Array>({
      pull: (controller) => {
        counter.read += 1;
        if (counter.read > chunks) controller.close();
        else controller.enqueue(new Uint8Array(64 * 1024).fill(0x20));
      },
    });

  test("behavior: 256 KiB are read, one byte more is not", async () => {
    const json = JSON.stringify({ address: "x" });
    expect(await code(await send(json.padEnd(256 * 1024)))).toBe("bad_request");
    const tooLarge = await send(json.padEnd(256 * 1024 + 1));
    expect(tooLarge.status).toBe(413);
    expect(await code(tooLarge)).toBe("body_too_large");
  });

  test("behavior: a stream without a length is counted, and not read to its end", async () => {
    const counter = { read: 0 };
    const response = await send(stream(1_000, counter), "application/json", { duplex: "half" });
    expect(response.status).toBe(413);
    expect(counter.read).toBeLessThan(10);
  });

  test.each([["text/plain"], ["application/x-www-form-urlencoded"], [""], ["application/jsonp"]])(
    "parameters: content-type %s",
    async (type) => {
      const response = await send(new TextEncoder().encode("{}"), type);
      expect(response.status).toBe(415);
      expect(await code(response)).toBe("unsupported_media_type");
    },
  );

  test.each([["application/json; charset=utf-8"], ["Application/JSON"], ["application/merge-patch+json"]])(
    "parameters: content-type %s is JSON",
    async (type) => expect(await code(await send("{}", type))).toBe("bad_request"),
  );

  test.each([["{"], [""], ["undefined"], [new Uint8Array([0x22, 0xff, 0x22])]])(
    "parameters: %s is no JSON",
    async (body) => {
      const response = await send(body);
      expect(response.status).toBe(400);
      expect(await code(response)).toBe("bad_json");
    },
  );

  test.each([["null"], ["[]"], ['"x"'], ["1"], ["[".repeat(50_000) + "]".repeat(50_000)]])(
    "parameters: %.10s is no object",
    async (body) => expect(await code(await send(body))).toBe("bad_request"),
  );

  test("behavior: a field of the prototype is no field", async () => {
    const body = `{"__proto__":${JSON.stringify(signBody(emulator.sp, "0x", new Uint8Array(32)))}}`;
    const response = await send(body);
    expect((await response.json()).error.message).toBe("address must be a string, not empty.");
  });

  test.each([
    [
      "breaks off",
      new ReadableStream({
        start: (controller) => {
          controller.error(new Error("cut"));
        },
      }),
    ],
    [
      "is text where bytes belong",
      new ReadableStream({
        pull: (controller) => {
          controller.enqueue("{}");
        },
      }),
    ],
  ])("behavior: a body that %s is no request", async (_, body) => {
    const response = await send(body, "application/json", { duplex: "half" });
    expect([response.status, await code(response)]).toEqual([400, "bad_request"]);
  });

  test("behavior: every kind of body is read", async () => {
    const json = JSON.stringify({
      sp_user_ref: "ada",
      requested_scopes: [{ chain: "base", access: "read" }],
    });
    const bytes = new TextEncoder().encode(json);
    const kinds: BodyInit[] = [json, bytes, bytes.buffer, new Blob([json]), new Response(json).body as never];
    for (const body of kinds) {
      const headers = { "content-type": "application/json" };
      const init = { body, headers, duplex: "half" } as RequestInit;
      expect((await sp.raw("POST", "/sp/pair/sessions", init)).status).toBe(201);
    }
  });
});
