import type { Exchange } from "../../traffic/Exchange.js";

/** Headers that curl, or the connection, sets by itself. */
const own: readonly string[] = [
  "host",
  "connection",
  "content-length",
  "accept-encoding",
  "transfer-encoding",
];

/** Whether the record may not have all of the body: it has … where a secret was, and where it was cut. */
export function isPartial({ request }: Exchange): boolean {
  return request.body.includes("…");
}

/**
 * The request as a command, with the API key taken from the environment: the record does not have it. Where the body is to
 * be completed first it is another request, and does not take this one's Idempotency-Key.
 */
export function curlOf(exchange: Exchange): string {
  const { method, url, request } = exchange;
  const left = isPartial(exchange) ? [...own, "idempotency-key"] : own;
  const headers = Object.entries(request.headers).filter(
    ([name]) => !left.includes(name) && !name.startsWith("sec-"),
  );
  const lines = headers.map(([name, value]) =>
    name === "authorization"
      ? `-H "authorization: Bearer $SIGIL_API_KEY"`
      : `-H ${quoted(`${name}: ${value}`)}`,
  );
  const body = request.body === "" ? [] : [`--data-raw ${quoted(request.body)}`];
  return [`curl -X ${quoted(method)} ${quoted(url)}`, ...lines, ...body].join(" \\\n  ");
}

/** For a shell: nothing within single quotes means anything. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
