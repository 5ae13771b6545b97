import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type WebSocket, WebSocketServer } from "ws";
import { answerText } from "./answer.js";
import type { Chain } from "./chain.js";
import { Subscriptions } from "./subscriptions.js";

export type RpcServer = { readonly port: number; readonly close: () => Promise<void> };

// A client that has seen what it waited for may still have a question under way, whose failure nobody would catch.
const quietMs = 50;
const drainTimeoutMs = 1_000;

/** The JSON-RPC of the chain: HTTP and WebSocket on one free port of 127.0.0.1. */
export async function serve(chain: Chain): Promise<RpcServer> {
  let lastRequest = 0;
  const http = createServer((request, response) => {
    lastRequest = performance.now();
    void respond(chain, request, response);
  });
  const sockets = new WebSocketServer({ server: http });
  sockets.on("connection", (socket) => connect(chain, socket));
  await listen(http);
  const close = async (): Promise<void> => {
    const deadline = performance.now() + drainTimeoutMs;
    do await sleep(quietMs);
    while (performance.now() - lastRequest < quietMs && performance.now() < deadline);
    for (const socket of sockets.clients) socket.terminate();
    await closeServer(http);
  };
  return { port: (http.address() as AddressInfo).port, close };
}

async function respond(chain: Chain, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const answer = answerText(chain, Buffer.concat(parts).toString("utf8"));
    response.writeHead(200, { "content-type": "application/json" }).end(answer);
  } catch {
    response.destroy(); // The client went away.
  }
}

function connect(chain: Chain, socket: WebSocket): void {
  const subscriptions = new Subscriptions((text) => socket.send(text));
  socket.on("message", (data) => {
    const answer = answerText(chain, String(data), subscriptions.lookup);
    if (answer !== undefined) socket.send(answer);
  });
  socket.on("close", () => subscriptions.cancelAll());
  socket.on("error", () => socket.terminate());
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
