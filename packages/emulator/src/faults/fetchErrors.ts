/** What Node's fetch rejects with, as far as callers look at it: the class, the message, and the cause with its code. */

type Cause = Readonly<Record<string, unknown>> & { readonly message: string };

function causeOf({ message, ...fields }: Cause): Error {
  return Object.assign(new Error(message), fields);
}

const reset: Cause = { message: "read ECONNRESET", errno: -104, code: "ECONNRESET", syscall: "read" };
const closed: Cause = { message: "other side closed", name: "SocketError", code: "UND_ERR_SOCKET" };

/** How a connection ended too soon. */
export type Broken = "reset" | "close";

const broken: Readonly<Record<Broken, Cause>> = { reset, close: closed };

/** No answer. */
export function fetchFailed(cause: Error): TypeError {
  return new TypeError("fetch failed", { cause });
}

/** An answer that broke off. */
export function terminated(how: Broken): TypeError {
  return new TypeError("terminated", { cause: causeOf(broken[how]) });
}

export function brokenBefore(how: Broken): TypeError {
  return fetchFailed(causeOf(broken[how]));
}

export function refused(url: string): TypeError {
  const { hostname, port, protocol } = new URL(url);
  const number = port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
  return fetchFailed(
    causeOf({
      message: `connect ECONNREFUSED ${hostname}:${number}`,
      errno: -111,
      code: "ECONNREFUSED",
      syscall: "connect",
      address: hostname,
      port: number,
    }),
  );
}

export function notHttp(): TypeError {
  return fetchFailed(
    causeOf({
      message: "Response does not match the HTTP/1.1 protocol (Expected HTTP/)",
      name: "HTTPParserError",
      code: "HPE_INVALID_CONSTANT",
    }),
  );
}

export function headersTimeout(): TypeError {
  const message = "Headers Timeout Error";
  return fetchFailed(causeOf({ message, name: "HeadersTimeoutError", code: "UND_ERR_HEADERS_TIMEOUT" }));
}

export function bodyTimeout(): TypeError {
  const cause = { message: "Body Timeout Error", name: "BodyTimeoutError", code: "UND_ERR_BODY_TIMEOUT" };
  return new TypeError("terminated", { cause: causeOf(cause) });
}
