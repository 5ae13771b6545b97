import { type Answer, refused } from "../Answer.js";
import { encode, random } from "../bytes.js";
import { type Check, checksOf } from "../Check.js";
import type { Probe } from "../Probe.js";
import { sessionBody, sessionsPath, signPath, unknownId, validatePath } from "../requests.js";
import { all } from "../Verdict.js";
import type { Sending } from "../Wire.js";
import { bodyCap } from "./routes.js";

/** Something wrong with a request: fields of its body, headers, or the body's text. */
type Defect = {
  readonly status: number;
  readonly code: string;
  readonly fields?: object;
  readonly sending?: Sending;
  readonly spoilsText?: boolean;
};

const common: readonly Defect[] = [
  { status: 401, code: "unauthorized", sending: { authorization: null } },
  { status: 413, code: "body_too_large", fields: { padding: "x".repeat(bodyCap) } },
  { status: 415, code: "unsupported_media_type", sending: { contentType: "text/plain" } },
  { status: 400, code: "bad_json", spoilsText: true },
];

/** The defects of each POST in the order of the page, as far as they can be tried without a pairing. */
const orders = {
  session: {
    path: sessionsPath,
    body: sessionBody(),
    defects: [
      ...common,
      { status: 400, code: "bad_request", fields: { sp_user_ref: 1 } },
      {
        status: 400,
        code: "unknown_chain",
        fields: { requested_scopes: [{ chain: "doge", access: "read" }] },
      },
      { status: 400, code: "expires_out_of_range", fields: { expires_in_secs: 601 } },
      { status: 403, code: "return_origin_denied", fields: { return_url: "https://conformance.invalid/" } },
    ],
  },
  validate: {
    path: validatePath,
    body: { pair_id: unknownId, code: "000000" },
    defects: [
      ...common,
      { status: 400, code: "bad_request", fields: { code: 1 } },
      { status: 404, code: "not_found" },
    ],
  },
  sign: {
    path: signPath,
    body: {
      pair_id: unknownId,
      address: "0x0000000000000000000000000000000000000001",
      algo: "secp256k1",
      payload: encode(random(32)),
      sp_signature: encode(random(64)),
    },
    defects: [
      ...common,
      { status: 400, code: "bad_request", fields: { sp_signature: 1 } },
      { status: 400, code: "unknown_chain", fields: { chain: "doge" } },
      { status: 400, code: "payload_length", fields: { payload: encode(random(31)) } },
      { status: 404, code: "not_found" },
    ],
  },
} as const satisfies Record<string, { path: string; body: object; defects: readonly Defect[] }>;

/** Of two things wrong with a request, the one that is decided first is answered. */
export const order: readonly Check[] = Object.entries(orders).flatMap(([name, { path, body, defects }]) =>
  checksOf(
    "Refusals",
    defects.slice(0, -1).map((defect: Defect, index) => [
      `order.${name}.${defect.code}`,
      `On ${path}, ${defect.status} ${defect.code} is decided before all that stands below it in the order.`,
      async (octane) => {
        const later: readonly Defect[] = defects.slice(index + 1);
        const answers = await Promise.all(later.map((other) => sendBoth(octane, path, body, defect, other)));
        return all(...answers.map((answer) => refused(answer, defect.status, defect.code)));
      },
    ]),
  ),
);

function sendBoth(octane: Probe, path: string, body: object, first: Defect, second: Defect): Promise<Answer> {
  const text = JSON.stringify({ ...body, ...second.fields, ...first.fields });
  const spoilt = first.spoilsText === true || second.spoilsText === true;
  return octane.send("POST", path, {
    ...second.sending,
    ...first.sending,
    text: spoilt ? `}${text}` : text,
  });
}
