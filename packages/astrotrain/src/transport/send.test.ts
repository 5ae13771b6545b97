import { describe, expect, test, vi } from "vitest";
import { access, json, rejection, scriptedOctane } from "../../test/scriptedOctane.js";
import { callJson } from "./callJson.js";
import { withDeadline } from "./deadline.js";
import { toEndpoint } from "./endpoint.js";

const call = (fetch: typeof globalThis.fetch): Promise<unknown> =>
  withDeadline({}, (attempt) =>
    callJson(toEndpoint({ ...access, fetch }), { method: "POST", path: ["sp", "sign"], body: "{}" }, attempt),
  );

const big = (bytes: number): Response =>
  new Response(`"${"x".repeat(bytes)}"`, { headers: { "content-type": "application/json" } });

describe("callJson", () => {
  test("default", async () => {
    const octane = scriptedOctane(json({ a: 1 }));
    expect(await call(octane.fetch)).toEqual({ a: 1 });
    const [request] = octane.seen;
    expect(request).toMatchObject({ method: "POST", url: "https://octane.example/sp/sign" });
    expect(request?.headers.get("authorization")).toBe(`Bearer ${access.apiKey}`);
  });

  test.each([
    ["HTML", new Response("<html>", { headers: { "content-type": "text/html" } })],
    ["no content type", new Response(new TextEncoder().encode("{}"))],
    ["text that is not JSON", new Response("{", { headers: { "content-type": "application/json" } })],
    ["nothing", new Response(null, { status: 204 })],
    [
      "bytes that are not UTF-8",
      new Response(new Uint8Array([0x22, 0xff, 0x22]), { headers: { "content-type": "application/json" } }),
    ],
    ["more than 256 KiB", big(256 * 1024)],
  ])("behavior: %s is no answer", async (_, response) => {
    expect(await rejection(call(scriptedOctane(response).fetch))).toMatchObject({
      details: { kind: "deserialise" },
    });
  });

  test("behavior: JSON with a charset and just below the cap is an answer", async () => {
    const response = new Response("[]", { headers: { "content-type": "Application/JSON; charset=utf-8" } });
    expect(await call(scriptedOctane(response).fetch)).toEqual([]);
    expect(await call(scriptedOctane(big(256 * 1024 - 2)).fetch)).toHaveLength(256 * 1024 - 2);
  });

  test.each([301, 302, 303, 307, 308])(
    "behavior: %i is refused, even by a fetch that would hand it on",
    async (status) => {
      const response = new Response(null, { status, headers: { location: "https://evil.example" } });
      const octane = scriptedOctane(response);
      expect(await rejection(call(octane.fetch))).toMatchObject({ details: { kind: "network", sent: true } });
      expect(octane.seen).toHaveLength(1);
    },
  );

  // Workers have no "error": there every call would fail before it is sent.
  test("behavior: fetch is told to follow no redirect, in the way that all runtimes know", async () => {
    let redirect: unknown;
    const octane = scriptedOctane((_, init) => {
      redirect = init.redirect;
      return json({});
    });
    await call(octane.fetch);
    expect(redirect).toBe("manual");
  });

  test("behavior: a refusal's body that breaks off, or never comes, leaves the refusal", async () => {
    for (const end of [(c: ReadableStreamDefaultController) => c.error(new Error("reset")), () => {}]) {
      vi.useFakeTimers();
      const refused = new Response(new ReadableStream({ start: end }), { status: 403 });
      const failing = rejection(call(async () => refused));
      await vi.runAllTimersAsync();
      expect(await failing).toMatchObject({ details: { kind: "http", status: 403, body: "" } });
      vi.useRealTimers();
    }
  });

  test("behavior: a fetch of the caller's is called on its own, and sees no key as its this", async () => {
    const contexts: unknown[] = [];
    async function fetch(this: unknown): Promise<Response> {
      contexts.push(this);
      return json({});
    }
    await call(fetch);
    expect(contexts).toEqual([undefined]);
  });

  test("behavior: a response without streams is read by its text", async () => {
    const old = {
      ok: true,
      status: 200,
      headers: new Headers({ "content-type": "application/json" }),
      text: async () => '{"a":1}',
    };
    expect(await call(async () => old as unknown as Response)).toEqual({ a: 1 });
  });

  test.each([
    ["nothing", undefined],
    ["no Response", {}],
  ])("behavior: a fetch that resolves with %s is a network failure", async (_, response) => {
    const fetch = async (): Promise<Response> => response as unknown as Response;
    expect(await rejection(call(fetch))).toMatchObject({ details: { kind: "network", sent: true } });
  });

  test("behavior: a body that was read already is a network failure", async () => {
    const response = json({ a: 1 });
    await response.text();
    expect(await rejection(call(async () => response))).toMatchObject({
      details: { kind: "network", sent: true },
    });
  });

  test.each([
    ["refused", Object.assign(new Error(), { code: "ECONNREFUSED" }), false],
    [
      "unknown host",
      new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ENOTFOUND" }) }),
      false,
    ],
    [
      "both addresses refused",
      new TypeError("fetch failed", {
        cause: new AggregateError([
          Object.assign(new Error(), { code: "ECONNREFUSED" }),
          Object.assign(new Error(), { code: "ECONNREFUSED" }),
        ]),
      }),
      false,
    ],
    [
      "one of two reset",
      new TypeError("fetch failed", {
        cause: new AggregateError([
          Object.assign(new Error(), { code: "ECONNREFUSED" }),
          Object.assign(new Error(), { code: "ECONNRESET" }),
        ]),
      }),
      true,
    ],
    [
      "reset",
      new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNRESET" }) }),
      true,
    ],
    ["no reason given", new TypeError("Load failed"), true],
  ])("behavior: whether a byte may have left: %s", async (_, failure, sent) => {
    expect(await rejection(call(scriptedOctane(failure).fetch))).toMatchObject({
      details: { kind: "network", sent, cause: failure },
    });
  });

  test("behavior: a body that breaks off is a network failure", async () => {
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("{"));
        controller.error(new Error("reset"));
      },
    });
    const response = new Response(stream, { headers: { "content-type": "application/json" } });
    expect(await rejection(call(async () => response))).toMatchObject({
      details: { kind: "network", sent: true },
    });
  });

  test("behavior: an abort ends a body that never comes, and cancels it", async () => {
    let cancelled: unknown;
    const stream = new ReadableStream({
      cancel(reason) {
        cancelled = reason;
      },
    });
    const controller = new AbortController();
    const running = rejection(
      withDeadline({ signal: controller.signal }, (attempt) =>
        callJson(
          toEndpoint({
            ...access,
            fetch: async () => new Response(stream, { headers: { "content-type": "application/json" } }),
          }),
          { method: "GET", path: ["x"] },
          attempt,
        ),
      ),
    );
    await new Promise(setImmediate);
    controller.abort("enough");
    expect(await running).toMatchObject({ details: { kind: "network", cause: "enough" } });
    expect(cancelled).toBe("enough");
  });

  test("behavior: a response that comes after the abort is thrown away", async () => {
    const controller = new AbortController();
    let cancelled = false;
    const late = new Response(
      new ReadableStream({
        cancel() {
          cancelled = true;
        },
      }),
    );
    let deliver: (response: Response) => void = () => {};
    const fetch = (): Promise<Response> =>
      new Promise((resolve) => {
        deliver = resolve;
      });
    const running = rejection(
      withDeadline({ signal: controller.signal }, (attempt) =>
        callJson(toEndpoint({ ...access, fetch }), { method: "GET", path: ["x"] }, attempt),
      ),
    );
    controller.abort("enough");
    await running;
    deliver(late);
    await new Promise(setImmediate);
    expect(cancelled).toBe(true);
  });
});
