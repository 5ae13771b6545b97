import { TransportError } from "../errors/TransportError.js";
import { type Attempt, pause } from "./deadline.js";
import type { Endpoint } from "./endpoint.js";
import { cancelBody, readText } from "./readText.js";
import { type IsOwn, isPutOffByOctane, retryDelayMs } from "./retryDelay.js";
import type { Slots } from "./Slots.js";
import { type Request, send } from "./send.js";

/** Far above any answer of the protocol. */
const bodyCap = 256 * 1024;

/** What the tries of one call are held to. */
export type TryRules = {
  /** Room for so many at once; a pause takes none of it. */
  readonly slots?: Slots | undefined;
  /** Asked right before each try, after any wait: what it throws ends the call, and nothing is sent. */
  readonly check?: (() => void) | undefined;
  /** What may ask a person is put off by octane alone. By default no body is its own. */
  readonly isOwn?: IsOwn | undefined;
};

/** One request, one JSON answer, sent again where that is safe. @throws TransportError, and what `check` throws */
export async function callJson(
  endpoint: Endpoint,
  request: Omit<Request, "accept">,
  attempt: Attempt,
  { slots, check, isOwn = () => false }: TryRules = {},
): Promise<unknown> {
  const once = async (): Promise<unknown> => {
    check?.();
    return await callOnce(endpoint, request, attempt);
  };
  const policy = request.method === "GET" ? "reading" : "prompting";
  for (let round = 0; ; round++) {
    const { sent } = attempt;
    try {
      return await (slots === undefined ? once() : slots.use(attempt, once));
    } catch (error) {
      // What comes after is judged as if this try had not been.
      if (isPutOffByOctane(error, isOwn)) attempt.sent = sent;
      const delayMs = retryDelayMs(error, { policy, isOwn }, round);
      // Better the reason now than the time-out later.
      if (delayMs === undefined || delayMs >= attempt.remainingMs() || attempt.signal.aborted) throw error;
      await pause(delayMs, attempt.signal);
    }
  }
}

async function callOnce(
  endpoint: Endpoint,
  request: Omit<Request, "accept">,
  attempt: Attempt,
): Promise<unknown> {
  const response = await send(endpoint, { ...request, accept: "application/json" }, attempt);
  return readJson(response, attempt);
}

/** @throws TransportError of kind `deserialise` when the body is not JSON, by its content type, coding or text. */
export async function readJson(response: Response, attempt: Attempt): Promise<unknown> {
  if (mediaTypeOf(response) !== "application/json") {
    cancelBody(response);
    throw new TransportError({
      kind: "deserialise",
      cause: new TypeError("the content type is not application/json"),
    });
  }
  refuseUnknownCoding(response);
  const text = await readText(response, attempt, { cap: bodyCap, overflow: "refuse" });
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message repeats a piece of the body.
    throw new TransportError({ kind: "deserialise", cause: new SyntaxError("the body is not JSON") });
  }
}

/** What runtimes decode. A body in another coding they hand on as it is, which would then be taken for the answer. */
const codings: ReadonlySet<string> = new Set(["", "identity", "gzip", "x-gzip", "deflate", "br", "zstd"]);
const mostCodings = 5;

export function refuseUnknownCoding(response: Response): void {
  const given = (response.headers.get("content-encoding") ?? "")
    .split(",")
    .map((each) => each.trim().toLowerCase());
  if (given.length <= mostCodings && given.every((each) => codings.has(each))) return;
  cancelBody(response);
  throw new TransportError({
    kind: "deserialise",
    cause: new TypeError("the content coding is none that this client takes"),
  });
}

export const mediaTypeOf = (response: Response): string =>
  (response.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
