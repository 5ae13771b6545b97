import { allRefused, refused } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import { asObject } from "../Json.js";
import { postSession } from "../requests.js";
import { all, holds } from "../Verdict.js";

const scope = { chain: "ethereum", access: "read" };

const wrongFields: readonly object[] = [
  { sp_user_ref: 1 },
  { sp_user_ref: undefined },
  { requested_scopes: "ethereum" },
  { requested_scopes: undefined },
  { requested_scopes: [1] },
  { requested_scopes: [{ ...scope, chain: 1 }] },
  { requested_scopes: [{ chain: "ethereum" }] },
  { requested_scopes: [{ ...scope, access: "write" }] },
  { expires_in_secs: "60" },
  { return_url: 1 },
];

/** Sessions octane refuses to make. */
export const sessionRefusals: readonly Check[] = [
  ...checksOf("Refusals", [
    [
      "session.field-types",
      "A field that is missing or of the wrong type is 400 bad_request.",
      async (octane) => {
        const answers = await Promise.all(wrongFields.map((fields) => postSession(octane, fields)));
        return allRefused(answers, 400, "bad_request");
      },
    ],
    [
      "session.field-path",
      "The message of a bad_request names the field.",
      async (octane) => {
        const answer = await postSession(octane, {
          requested_scopes: [scope, { ...scope, access: "write" }],
        });
        const message = String(asObject(answer.body.error).message);
        const names = /requested_scopes.*1.*access/.test(message);
        return all(
          refused(answer, 400, "bad_request"),
          holds(names, "a message with the path of requested_scopes[1].access", message),
        );
      },
    ],
  ]),
  ...checksOf("Chains", [
    [
      "session.unknown-chain",
      "A chain of another name, or of another case, is 400 unknown_chain.",
      async (octane) => {
        const answers = ["doge", "Ethereum"].map((chain) =>
          postSession(octane, { requested_scopes: [scope, { ...scope, chain }] }),
        );
        return allRefused(await Promise.all(answers), 400, "unknown_chain");
      },
    ],
  ]),
  ...checksOf("Pairing", [
    [
      "session.lifetime-range",
      "A lifetime that is not a whole number from 1 to 600 is 400 expires_out_of_range.",
      async (octane) => {
        const answers = [0, -1, 601, 1.5].map((expires_in_secs) => postSession(octane, { expires_in_secs }));
        return allRefused(await Promise.all(answers), 400, "expires_out_of_range");
      },
    ],
    [
      "session.return-url-http",
      "A return_url that is not https is 403 return_origin_denied.",
      async (octane) =>
        refused(
          await postSession(octane, {
            return_url: (octane.settings.returnUrl ?? "https://conformance.invalid/").replace(
              "https:",
              "http:",
            ),
          }),
          403,
          "return_origin_denied",
        ),
    ],
    [
      "session.return-url-origin",
      "A return_url whose origin is not on the list is 403 return_origin_denied.",
      async (octane) =>
        refused(
          await postSession(octane, { return_url: "https://conformance.invalid/" }),
          403,
          "return_origin_denied",
        ),
    ],
  ]),
];
