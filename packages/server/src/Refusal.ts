/** The codes are octane's own, but for `origin_denied`, `sign_denied` and `upstream_failed`. */
export type RefusalCode =
  | "bad_request"
  | "unauthorized"
  | "origin_denied"
  | "sign_denied"
  | "user_rejected"
  | "not_found"
  | "method_not_allowed"
  | "user_timeout"
  | "body_too_large"
  | "unsupported_media_type"
  | "rate_limited"
  | "internal_error"
  | "upstream_failed";

/** Every refusal of the proxy: its status, and the sentence that goes with the code. Nothing of octane's is repeated. */
const refusals: Readonly<Record<RefusalCode, readonly [number, string]>> = {
  bad_request: [400, "The request is not what this route takes."],
  unauthorized: [401, "Log in first."],
  origin_denied: [403, "Requests from this page are not allowed."],
  sign_denied: [403, "This may not be signed for you."],
  user_rejected: [403, "The request was declined on the appliance."],
  not_found: [404, "There is nothing at this address."],
  method_not_allowed: [405, "This address takes another method."],
  user_timeout: [408, "The request was not answered in time."],
  body_too_large: [413, "The body is too large."],
  unsupported_media_type: [415, "Send application/json."],
  rate_limited: [429, "Too many requests. Try again later."],
  internal_error: [500, "The server failed."],
  upstream_failed: [502, "The signing service failed."],
};

/** Ends a request with an answer that says no. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: RefusalCode, headers: Readonly<Record<string, string>> = {}) {
    const [status, message] = refusals[code];
    super(message);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}
