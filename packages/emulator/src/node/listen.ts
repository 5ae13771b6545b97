import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Control } from "../control/createControl.js";
import { requireToken } from "../control/requireToken.js";
import type { Emulator } from "../emulator.js";
import { toBase64Url } from "../encoding/base64url.js";
import { type Exchange, exchangeOf } from "../fetch.js";
import { Refusal } from "../octane/refusal.js";
import { refuse, respond } from "../octane/respond.js";
import { systemRandom, uuid } from "../random.js";
import { version } from "../version.js";
import type { ConnectionCount } from "./ConnectionCount.js";
import { countConnections } from "./countConnections.js";
import { deliver } from "./deliver.js";
import { isAllowedHost } from "./host.js";
import { refuseProduction } from "./refuseProduction.js";

/** Where to listen. */
export type ListenOptions = {
  /** Default 8124. 0 takes any free port. */
  readonly port?: number;
  /** Default 127.0.0.1: nobody else's machine gets in. */
  readonly host?: string;
  /** Listens although `NODE_ENV` is `production`, as for a test of a production build. Default false. */
  readonly allowProduction?: boolean;
};

/** What is put on the port beside octane. */
export type ListenControl = {
  /** Needed to control the emulator. Default: a new one, of 32 random bytes. */
  readonly token?: string;
};

/** An emulator that listens. */
export type Listening = {
  /** The base URL, such as `http://127.0.0.1:8124`: what `octaneUrl` takes. */
  readonly url: string;
  readonly port: number;
  /** How many sockets are open now, and how many were accepted since the start. */
  readonly connections: () => ConnectionCount;
  /** Ends streams, sockets and the server; then nothing keeps the process alive. Again is no error. */
  readonly close: () => Promise<void>;
};

/** An emulator that listens, and can be controlled over the same port. */
export type ControlledListening = Listening & {
  /** For `Authorization: Bearer …`, and for a browser once, as `<url>/?token=…`. Secret. */
  readonly controlToken: string;
};

/**
 * Puts an emulator on a port of this machine. Prints nothing.
 *
 * Requests whose Host is neither a loopback name nor the bound host get 403 `host_denied`, and no answer has a CORS
 * header, so no web page gets at it.
 *
 * With `control`, the control API is at `/_emulator/` and the page at `/`, both for whoever has the token.
 *
 * @throws Error where the port is taken: one sentence that names the port and what to do. TypeError for a token that is
 * none. Error where `NODE_ENV` is `production`, without `allowProduction`.
 * @example
 * ```ts
 * const { url, close } = await listen(createEmulator(), { port: 0 });
 * ```
 * @example
 * ```ts
 * const { url, controlToken } = await listen(createEmulator({ approval: "manual" }), { control: {} });
 * console.log(`${url}/?token=${controlToken}`); // open it in a browser
 * ```
 */
export async function listen(
  emulator: Emulator,
  options: ListenOptions & { readonly control: ListenControl },
): Promise<ControlledListening>;
export async function listen(emulator: Pick<Emulator, "fetch">, options?: ListenOptions): Promise<Listening>;
export async function listen(
  emulator: Emulator | Pick<Emulator, "fetch">,
  options: ListenOptions & { readonly control?: ListenControl } = {},
): Promise<Listening | ControlledListening> {
  const { port = 8124, host = "127.0.0.1", control, allowProduction = false } = options;
  refuseProduction(allowProduction);
  if (control === undefined) return open(exchangeOf(emulator.fetch), port, host);
  const { token: controlToken = toBase64Url(systemRandom(32)) } = control;
  requireToken(controlToken);
  const asked = controlOf(emulator as Emulator, controlToken);
  return { ...(await open(besides(asked, exchangeOf(emulator.fetch)), port, host)), controlToken };
}

/** Loaded once somebody asks: page and control API are half of the emulator, and programs that sign need neither. */
function controlOf(emulator: Emulator, token: string): Control["fetch"] {
  let made: Promise<Control> | undefined;
  return async (request) => {
    made ??= import("../control/index.js").then(({ createControl }) => createControl(emulator, { token }));
    return (await made).fetch(request);
  };
}

/** The page's and the control API's paths, and what browsers ask for by themselves; all others are octane's. */
function besides(control: Control["fetch"], octane: Exchange): Exchange {
  return (request, signal) => {
    const { pathname } = new URL(request.url);
    return /^\/(favicon\.ico|_emulator(\/.*)?)?$/.test(pathname) ? control(request) : octane(request, signal);
  };
}

async function open(exchange: Exchange, port: number, host: string): Promise<Listening> {
  // A request without Host is refused in our words, not in Node's.
  const server = createServer({ requireHostHeader: false }, listenerOf(exchange, host));
  server.on("checkExpectation", refuseExpectation);
  server.on("clientError", refuseUnreadable);
  const connections = countConnections(server);
  await start(server, port, host);
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  let closed: Promise<void> | undefined;
  return {
    url: `http://${urlHost(host)}:${bound}`,
    port: bound,
    connections,
    close: () => {
      closed ??= stop(server);
      return closed;
    },
  };
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

function listenerOf(exchange: Exchange, host: string): Listener {
  // The platform's own Request and Response stay as they are for the rest of the process.
  const serve = getRequestListener(
    (request, { outgoing }) => answer(exchange, request, outgoing as ServerResponse),
    { overrideGlobalObjects: false },
  );
  return (request, response) => {
    // Before anything can go wrong: what is no URL is refused before there is a Request.
    response.setHeader("x-sigil-emulator", version);
    // All of them: of two Host headers one part may look at the first and another at the last.
    const hosts = request.headersDistinct.host ?? [];
    const allowed = hosts.length > 0 && hosts.every((each) => isAllowedHost(each, host));
    if (allowed) void serve(request, response);
    else void deny(response, host);
  };
}

/** A client that hangs up is nothing to report: the server would print what it cannot deliver. */
async function answer(exchange: Exchange, request: Request, outgoing: ServerResponse): Promise<Response> {
  try {
    const got = await exchange(request, request.signal);
    if ("ending" in got) {
      await deliver(got, outgoing);
      return RESPONSE_ALREADY_SENT;
    }
    return got.body === null ? got : new Response(quiet(got.body), got);
  } catch (error) {
    if (!request.signal.aborted) throw error;
    return new Response(null, { status: 408 });
  }
}

/** The same stream, but one that fails just ends. */
function quiet(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (done || value === undefined) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** Written by hand: a Host that is none would not get as far as a Request. */
async function deny(response: ServerResponse, host: string): Promise<void> {
  const message = `This emulator only answers to localhost, 127.0.0.1 and ${host}: use one of them as the host.`;
  const denied = respond(refuse(new Refusal("host_denied", message), uuid(systemRandom)));
  response.writeHead(denied.status, { ...Object.fromEntries(denied.headers), connection: "close" });
  response.end(await denied.text());
}

/** Node's own answers say that they are an emulator's, too. */
const unreadable: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Payload Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** What is no HTTP gets an answer by hand: there is no request to go by. */
function refuseUnreadable({ code = "" }: Error & { code?: string }, socket: Duplex): void {
  // Into an answer that is under way nothing is written.
  const fresh = socket instanceof Socket && socket.bytesWritten === 0;
  if (!fresh || !socket.writable || code === "ECONNRESET") return void socket.destroy();
  const status = unreadable[code] ?? "400 Bad Request";
  socket.end(
    `HTTP/1.1 ${status}\r\nx-sigil-emulator: ${version}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
  );
}

function refuseExpectation(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(417, { "x-sigil-emulator": version, "content-length": 0 }).end();
}

async function start(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(startError(error, port, host)));
    server.listen({ port, host }, resolve);
  });
}

function startError(error: Error & { code?: string }, port: number, host: string): Error {
  const advice: Readonly<Record<string, string>> = {
    EADDRINUSE: "is in use: stop what listens there, or pass another port (port: 0 takes any free one)",
    EACCES: "may not be used by this user: pass a port above 1023 (port: 0 takes any free one)",
    EADDRNOTAVAIL: "cannot be used: the host is not an address of this machine, pass another host",
  };
  const what = advice[error.code ?? ""] ?? "cannot be listened on: pass another port or host";
  return new Error(`Port ${port} on ${host} ${what}.`, { cause: error });
}

async function stop(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    // Streams of events stay open until revoked: without this, close would wait for them.
    server.closeAllConnections();
  });
}

/** The host as it stands in a URL: an address of all interfaces is no address to call. */
function urlHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
