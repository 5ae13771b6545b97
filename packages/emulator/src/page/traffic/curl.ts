import type { Exchange } from "../../traffic/Exchange.js";

/** Headers that curl, or the connection, sets by itself. */
const own: readonly string[] = [
  "host",
  "connection",
  "content-length",
  "accept-encoding",
  "transfer-encoding",
];

/** The request as a command, with the API key taken from the environment: the record does not have it. */
export function curlOf({ method, url, request }: Exchange): string {
  const headers = Object.entries(request.headers).filter(
    ([name]) => !own.includes(name) && !name.startsWith("sec-"),
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
