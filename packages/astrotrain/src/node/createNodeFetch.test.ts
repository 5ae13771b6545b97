import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { rejection } from "../../test/scriptedOctane.js";
import { createNodeFetch } from "./createNodeFetch.js";

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  let accepted = 0;
  server.on("connection", () => {
    accepted += 1;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, accepted: () => accepted };
}

async function textOf(message: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of message) text += chunk;
  return text;
}

describe("createNodeFetch", () => {
  test("default: what is sent, and what comes back", async () => {
    const seen: unknown[] = [];
    const { url } = await serve(async (request, response) => {
      const { method, url: path, headers } = request;
      seen.push({
        method,
        path,
        type: headers["content-type"],
        encoding: headers["accept-encoding"],
        body: await textOf(request),
      });
      response.writeHead(201, { "content-type": "application/json", "x-id": "7" }).end('{"a":"ü"}');
    });
    const fetch = createNodeFetch();
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}/sp/sign?x=1`, { method: "POST", headers, body: "ü" });
    expect(response).toBeInstanceOf(Response);
    expect([response.status, response.ok, response.headers.get("x-id")]).toEqual([201, true, "7"]);
    expect(await response.json()).toEqual({ a: "ü" });
    expect(seen).toEqual([
      { method: "POST", path: "/sp/sign?x=1", type: "application/json", encoding: "identity", body: "ü" },
    ]);
  });

  test.each([
    ["a Headers object", new Headers({ "x-a": "1" })],
    ["a list of pairs", [["x-a", "1"]] as [string, string][]],
    ["an object", { "x-a": "1" }],
  ])("parameters: headers as %s", async (_, headers) => {
    const { url } = await serve((request, response) => void response.end(request.headers["x-a"]));
    expect(await (await createNodeFetch()(new URL(url), { headers })).text()).toBe("1");
  });

  test("parameters: a body of bytes", async () => {
    const { url } = await serve(async (request, response) => void response.end(await textOf(request)));
    const body = new TextEncoder().encode("abc");
    expect(await (await createNodeFetch()(url, { method: "POST", body })).text()).toBe("abc");
  });

  test("behavior: one call after the other over one connection", async () => {
    const { url, accepted } = await serve((_, response) => void response.end("x"));
    const fetch = createNodeFetch();
    for (let i = 0; i < 20; i++) await (await fetch(url)).text();
    expect(accepted()).toBe(1);
  });

  test("behavior: a redirect is handed on, not followed", async () => {
    let requests = 0;
    const { url } = await serve((_, response) => {
      requests += 1;
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    expect((await createNodeFetch()(url)).status).toBe(307);
    expect(requests).toBe(1);
  });

  test.each([204, 304])("behavior: %i has no body", async (status) => {
    const { url, accepted } = await serve((_, response) => void response.writeHead(status).end());
    const fetch = createNodeFetch();
    for (let i = 0; i < 20; i++) expect((await fetch(url)).body).toBeNull();
    // The next call may come before the connection of the last one is free.
    expect(accepted()).toBeLessThanOrEqual(2);
  });

  test("behavior: nobody listening is the system's own error, by which nothing was sent", async () => {
    const server = createTcpServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await rejection(createNodeFetch()(`http://127.0.0.1:${port}`))).toMatchObject({
      code: "ECONNREFUSED",
    });
  });

  test("behavior: a compressed body, for which nobody asked, is handed on as it is", async () => {
    const packed = gzipSync("{}");
    const { url } = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
    });
    expect(Buffer.from(await (await createNodeFetch()(url)).arrayBuffer())).toEqual(packed);
  });

  test("behavior: a body that breaks off is an error, not its end", async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("12345", () => response.destroy());
    });
    const response = await createNodeFetch()(url);
    expect(await rejection(response.text())).toMatchObject({ code: "ECONNRESET" });
  });

  test("behavior: an aborted signal sends nothing", async () => {
    const { url, accepted } = await serve((_, response) => void response.end());
    const reason = new Error("gone");
    expect(await rejection(createNodeFetch()(url, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(accepted()).toBe(0);
  });

  test("behavior: an abort while waiting rejects with its reason and closes the connection", async () => {
    const control = new AbortController();
    let closed = Promise.resolve<unknown>(undefined);
    const { url } = await serve((request) => {
      closed = once(request.socket, "close");
      control.abort("whatever it is");
    });
    expect(await rejection(createNodeFetch()(url, { signal: control.signal }))).toBe("whatever it is");
    await closed;
  });

  test("behavior: an abort while the body is read ends it with its reason", async () => {
    const control = new AbortController();
    const { url } = await serve((_, response) => void response.write("first"));
    const response = await createNodeFetch()(url, { signal: control.signal });
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("first");
    const reason = new Error("enough");
    control.abort(reason);
    expect(await rejection(Promise.resolve(reader?.read()))).toBe(reason);
  });

  test("behavior: no listener is left at a signal that outlives the call", async () => {
    const { url } = await serve((_, response) => void response.end("x"));
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    const fetch = createNodeFetch();
    for (let i = 0; i < 3; i++) await (await fetch(url, { signal })).text();
    await expect.poll(() => listeners).toBe(0);
  });

  test("behavior: a cancelled body closes its connection", async () => {
    let closed = Promise.resolve<unknown>(undefined);
    const { url } = await serve((request, response) => {
      closed = once(request.socket, "close");
      response.write("x");
    });
    await (await createNodeFetch()(url)).body?.cancel();
    await closed;
  });

  test("behavior: a body that nobody reads is left in the socket", async () => {
    const megabyte = Buffer.alloc(1024 * 1024);
    let written = 0;
    const { url } = await serve(async (_, response) => {
      response.on("error", () => {});
      for (let i = 0; i < 24; i++) {
        if (!response.write(megabyte)) await once(response, "drain");
        written += megabyte.length;
      }
      response.end();
    });
    const response = await createNodeFetch()(url);
    const reader = response.body?.getReader();
    await reader?.read();
    const control = await createNodeFetch()(url);
    // Whoever reads has it all, while the other one waits where its socket was full.
    expect((await control.arrayBuffer()).byteLength).toBe(24 * megabyte.length);
    expect(written).toBeLessThan(2 * 24 * megabyte.length);
    await reader?.cancel();
  });

  test("behavior: a stream outlives the time for which idle connections are kept", async () => {
    const { url } = await serve((_, response) => {
      response.write("a");
      setTimeout(() => response.end("b"), 120);
    });
    expect(await (await createNodeFetch({ keepAliveMs: 20 })(url)).text()).toBe("ab");
  });

  test("behavior: an idle connection is let go of after keepAliveMs", async () => {
    let closed = Promise.resolve<unknown>(undefined);
    const { url } = await serve((request, response) => {
      closed = once(request.socket, "close");
      response.end("x");
    });
    await (await createNodeFetch({ keepAliveMs: 20 })(url)).text();
    await closed;
  });

  test.each([
    ["a Request", new Request("http://127.0.0.1/"), {}],
    ["a form as its body", "http://127.0.0.1/", { method: "POST", body: new URLSearchParams("a=b") }],
  ])("behavior: %s is refused, and nothing is sent", async (_, input, init) => {
    expect(await rejection(createNodeFetch()(input, init))).toBeInstanceOf(TypeError);
  });
});
