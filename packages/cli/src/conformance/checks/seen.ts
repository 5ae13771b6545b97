import { type Answer, codeOf, describe, mediaType } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import { isText } from "../forms.js";
import { asObject } from "../Json.js";
import type { Probe } from "../Probe.js";
import { all, holds, untried, type Verdict } from "../Verdict.js";

/** The codes of the page with their statuses. */
const statuses: Readonly<Record<string, number>> = {
  unauthorized: 401,
  body_too_large: 413,
  unsupported_media_type: 415,
  bad_json: 400,
  bad_request: 400,
  unknown_chain: 400,
  expires_out_of_range: 400,
  payload_length: 400,
  not_found: 404,
  pair_id_required: 400,
  bad_sp_signature: 403,
  pair_revoked: 403,
  pair_pending: 403,
  scope_denied: 403,
  policy_denied: 403,
  return_origin_denied: 403,
  wrong_validation_code: 403,
  user_rejected: 403,
  user_timeout: 408,
  rate_limited: 429,
  appliance_offline: 503,
  method_not_allowed: 405,
};

/** What all answers of the run have in common. These come last. */
export const seen: readonly Check[] = [
  ...checksOf("Conventions", [
    [
      "answers.json",
      "Every answer that is no stream is JSON.",
      async ({ seen }) =>
        all(
          ...seen.map((answer) => {
            const type = mediaType(answer.headers);
            const as = type === "application/json" || type === "text/event-stream";
            return holds(as, `content type application/json from ${answer.to}`, type || "none");
          }),
        ),
    ],
  ]),
  ...checksOf("Refusals", [
    [
      "errors.body",
      "Every refusal has error.code and error.message.",
      async (octane) =>
        ofRefusals(octane, ({ body }) => {
          const { code, message } = asObject(body.error);
          return all(isText("error.code", code), isText("error.message", message));
        }),
    ],
    [
      "errors.request-id",
      "Every refusal has request_id.",
      async (octane) => ofRefusals(octane, ({ body }) => isText("request_id", body.request_id)),
    ],
    [
      "errors.code-status",
      "Every refusal has a code of the page, with its status.",
      async (octane) =>
        ofRefusals(octane, (answer) => {
          const status = statuses[String(codeOf(answer))];
          return holds(
            status === answer.status,
            `${status ?? "a code of the page"} to ${answer.to}`,
            describe(answer),
          );
        }),
    ],
    [
      "rate.retry-after",
      "429 rate_limited comes with Retry-After.",
      async ({ seen }) => {
        const limited = seen.filter(({ status }) => status === 429);
        if (limited.length === 0) return untried("octane limited no rate");
        return all(
          ...limited.map(({ headers }) => {
            const after = headers.get("retry-after") ?? "";
            const as = /^\d+$/.test(after) || !Number.isNaN(Date.parse(after));
            return holds(as, "Retry-After, seconds or a date", after || "none");
          }),
        );
      },
    ],
  ]),
];

function ofRefusals(octane: Probe, look: (answer: Answer) => Verdict): Verdict {
  return all(...octane.seen.filter(({ status }) => status < 200 || status > 299).map(look));
}
