import { TransportError } from "../errors/TransportError.js";
import type { Attempt } from "./deadline.js";
import type { Endpoint } from "./endpoint.js";
import { cancelBody, readText } from "./readText.js";
import { type Request, send } from "./send.js";

/** Far above any answer of the protocol. */
const bodyCap = 256 * 1024;

/** One request, one JSON answer. @throws TransportError */
export async function callJson(
  endpoint: Endpoint,
  request: Omit<Request, "accept">,
  attempt: Attempt,
): Promise<unknown> {
  const response = await send(endpoint, { ...request, accept: "application/json" }, attempt);
  return readJson(response, attempt);
}

/** @throws TransportError of kind `deserialise` when the body is not JSON, by its content type or its text. */
export async function readJson(response: Response, attempt: Attempt): Promise<unknown> {
  if (mediaTypeOf(response) !== "application/json") {
    cancelBody(response);
    throw new TransportError({
      kind: "deserialise",
      cause: new TypeError("the content type is not application/json"),
    });
  }
  const text = await readText(response, attempt, { cap: bodyCap, overflow: "refuse" });
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message repeats a piece of the body.
    throw new TransportError({ kind: "deserialise", cause: new SyntaxError("the body is not JSON") });
  }
}

export const mediaTypeOf = (response: Response): string =>
  (response.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
