import type { HttpDetails } from "../wire/httpDetails.js";

/** Whether a refusal of octane's own says nothing about the question: it came before the question was looked at, or put it off. */
export const isUndecided = ({ status, code }: Pick<HttpDetails, "status" | "code">): boolean =>
  status === 429 || status === 503 || (code !== undefined && undecided.has(code));

/** What octane says before it looks at what is asked, or of the id itself. */
const undecided: ReadonlySet<string> = new Set([
  "unauthorized",
  "body_too_large",
  "unsupported_media_type",
  "bad_json",
  "bad_request",
  "rate_limited",
  "appliance_offline",
]);
