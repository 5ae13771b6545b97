/**
 * The mock: one process that answers for every service, each row on a port of its own, so that requests, bytes and
 * connections are counted by row. It computes nothing while it answers.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Answer } from "./Answer.js";
import { answers } from "./answers.js";
import type { Counters, MockReply, MockRequest } from "./protocol.js";

type Counted = {
  requests: number;
  closedBytes: number;
  readonly open: Set<Socket>;
  /** Those that a request came on since it was last asked. */
  readonly used: Set<Socket>;
};

const byPort = new Map<number, Counted>();
let delayMs = 0;

process.on("message", (request: MockRequest) => {
  void handle(request).then((reply) => process.send?.({ id: request.id, ...reply }));
});
process.on("disconnect", () => process.exit());

async function handle(request: MockRequest): Promise<MockReply> {
  if (request.kind === "delay") {
    delayMs = request.ms;
    return {};
  }
  if (request.kind === "open") return { port: await open(answers[request.wire], request.keepAliveMs) };
  return { counters: countersOf(request.port) };
}

async function open(answer: Answer, keepAliveMs: number): Promise<number> {
  const counted: Counted = { requests: 0, closedBytes: 0, open: new Set(), used: new Set() };
  const server = createServer({ keepAlive: true, keepAliveTimeout: keepAliveMs }, (request, response) =>
    read(request, (body) => {
      counted.requests += 1;
      counted.used.add(request.socket);
      const text = answer({ method: request.method ?? "", path: request.url ?? "", body });
      if (text === undefined)
        process.stderr.write(`no such route: ${request.method} ${request.url} ${body}\n`);
      if (delayMs === 0) respond(response, text);
      else setTimeout(respond, delayMs, response, text);
    }),
  );
  server.on("connection", (socket) => {
    counted.open.add(socket);
    socket.on("close", () => {
      counted.open.delete(socket);
      counted.closedBytes += socket.bytesRead;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  byPort.set(port, counted);
  return port;
}

function read(request: IncomingMessage, then: (body: string) => void): void {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk: string) => {
    body += chunk;
  });
  request.on("end", () => then(body));
}

function respond(response: ServerResponse, text: string | undefined): void {
  const body = text ?? '{"error":"no such route"}';
  response.writeHead(text === undefined ? 404 : 200, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    // Without Node's hint for how long it stays open, which most servers and balancers do not give.
    connection: "keep-alive",
  });
  response.end(body);
}

function countersOf(port: number): Counters {
  const counted = byPort.get(port);
  if (counted === undefined) throw new Error(`The mock has no port ${port}.`);
  const { requests, closedBytes, open } = counted;
  const bytes = [...open].reduce((sum, socket) => sum + socket.bytesRead, closedBytes);
  const connections = counted.used.size;
  counted.used.clear();
  return { requests, bytes, connections };
}
