import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** One request as its bytes came, so that a test sees the path before any parser made something else of it. */
export type RawRequest = {
  readonly method: string;
  readonly path: string;
  /** Request line and headers. */
  readonly head: string;
  readonly body: string;
};

/** Does to the socket whatever the test wants done, once a request is complete. */
export type Respond = (socket: Socket, request: RawRequest) => unknown;

type SocketCount = { open: number; peak: number; accepted: number; carrying: number };

/** A server that speaks HTTP only as far as its test lets it. */
export type RawOctane = {
  readonly url: string;
  /** The first 10,000, so that a long run stays small. */
  readonly requests: readonly RawRequest[];
  /**
   * Sockets open now, at most so far, and since the start; and those open that have brought a request. The rest are
   * Node's: after an abort its fetch opens a spare connection, which it closes after four seconds, and a connection that
   * was not yet made when its call ended stays until undici's own time-out of ten seconds.
   */
  readonly sockets: Readonly<SocketCount>;
  /** Resolves with the milliseconds until no socket was open any more that has brought a request, or with `mostMs`. */
  readonly untilQuiet: (mostMs: number) => Promise<number>;
  /** The same for every socket, whether it ever brought anything or not. */
  readonly untilEmpty: (mostMs: number) => Promise<number>;
  readonly close: () => Promise<void>;
};

/** Starts one on a free port of this machine; it ends with the test. */
export async function startRawOctane(respond: Respond): Promise<RawOctane> {
  const requests: RawRequest[] = [];
  const sockets: SocketCount = { open: 0, peak: 0, accepted: 0, carrying: 0 };
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    sockets.accepted++;
    sockets.peak = Math.max(sockets.peak, ++sockets.open);
    let carries = 0;
    // A client that hangs up is what many of these tests are about.
    socket.on("error", () => {});
    socket.once("close", () => {
      open.delete(socket);
      sockets.open--;
      sockets.carrying -= carries;
      server.emit("quiet");
    });
    readRequests(socket, (request) => {
      sockets.carrying += 1 - carries;
      carries = 1;
      if (requests.length < 10_000) requests.push(request);
      respond(socket, request);
    });
  });
  const port = await listenAnywhere(server);
  const close = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    sockets,
    untilQuiet: (mostMs) => untilNone(server, () => sockets.carrying, mostMs),
    untilEmpty: (mostMs) => untilNone(server, () => sockets.open, mostMs),
    close,
  };
}

/** A port at which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listenAnywhere(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function listenAnywhere(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (typeof bound !== "object" || bound === null) throw new Error("the server has no port");
  return bound.port;
}

async function untilNone(server: Server, left: () => number, mostMs: number): Promise<number> {
  const startedAt = performance.now();
  while (left() > 0) {
    const leftMs = mostMs - (performance.now() - startedAt);
    if (leftMs <= 0) return mostMs;
    await once(server, "quiet", { signal: AbortSignal.timeout(Math.ceil(leftMs)) }).catch(() => {});
  }
  return performance.now() - startedAt;
}

/** Hands out each request of a connection as soon as it is complete. */
export function readRequests(socket: Socket, onRequest: (request: RawRequest) => void): void {
  let text = "";
  socket.on("data", (data) => {
    text += data.toString("latin1");
    for (let taken = takeRequest(text); taken !== undefined; taken = takeRequest(text)) {
      text = taken.rest;
      onRequest(taken.request);
    }
  });
}

function takeRequest(text: string): { request: RawRequest; rest: string } | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const bodyAt = end + 4;
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  if (text.length < bodyAt + length) return undefined;
  const [method = "", path = ""] = head.split(" ", 2);
  const body = text.slice(bodyAt, bodyAt + length);
  return { request: { method, path, head, body }, rest: text.slice(bodyAt + length) };
}
