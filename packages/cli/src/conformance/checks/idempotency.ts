import { granted, refused } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import { postCode, postSession, sessionsPath, unknownId } from "../requests.js";
import { all, holds, same, untried } from "../Verdict.js";

const doge = { requested_scopes: [{ chain: "doge", access: "read" }] };

/** What a repeated `Idempotency-Key` does, on the route that asks nobody. */
export const idempotency: readonly Check[] = [
  ...checksOf("Conventions", [
    [
      "idempotency.same-answer",
      "A repeated Idempotency-Key gets the first answer.",
      async (octane) => {
        const idempotencyKey = crypto.randomUUID();
        const one = await postSession(octane, {}, { idempotencyKey });
        const two = await postSession(octane, {}, { idempotencyKey });
        return all(same("status", one.status, two.status), same("the first body", one.text, two.text));
      },
    ],
    [
      "idempotency.at-once",
      "Two requests with one key at the same time get one answer.",
      async (octane) => {
        const idempotencyKey = crypto.randomUUID();
        const [one, two] = await Promise.all([
          postSession(octane, {}, { idempotencyKey }),
          postSession(octane, {}, { idempotencyKey }),
        ]);
        return same("the same body", one.text, two.text);
      },
    ],
    [
      "idempotency.refusal",
      "A refusal is an answer too: the key gets it again.",
      async (octane) => {
        const idempotencyKey = crypto.randomUUID();
        const one = await postSession(octane, doge, { idempotencyKey });
        const two = await postSession(octane, doge, { idempotencyKey });
        return all(refused(two, 400, "unknown_chain"), same("the first body", one.text, two.text));
      },
    ],
    [
      "idempotency.other-key",
      "Another key makes another session.",
      async (octane) => {
        const [one, two] = await Promise.all([postSession(octane), postSession(octane)]);
        return holds(one.text !== two.text, "two different answers", two.text);
      },
    ],
    [
      "idempotency.other-body",
      "The key is refused for another body: 400 bad_request.",
      async (octane) => {
        const idempotencyKey = crypto.randomUUID();
        await postSession(octane, {}, { idempotencyKey });
        return refused(
          await postSession(octane, { expires_in_secs: 61 }, { idempotencyKey }),
          400,
          "bad_request",
        );
      },
    ],
    [
      "idempotency.other-route",
      "The key is refused on another route: 400 bad_request.",
      async (octane) => {
        const idempotencyKey = crypto.randomUUID();
        await postSession(octane, {}, { idempotencyKey });
        return refused(await postCode(octane, unknownId, "000000", { idempotencyKey }), 400, "bad_request");
      },
    ],
    [
      "idempotency.by-provider",
      "Two service providers may use the same key.",
      async (octane) => {
        const apiKey = octane.settings.secondApiKey;
        if (apiKey === undefined) return untried("no second API key: give one by --second-api-key");
        const idempotencyKey = crypto.randomUUID();
        const one = await postSession(octane, {}, { idempotencyKey });
        const two = await postSession(octane, { expires_in_secs: 61 }, { idempotencyKey, apiKey });
        return all(granted(two), holds(one.text !== two.text, "an answer of its own", two.text));
      },
    ],
  ]),
  ...checksOf("Refusals", [
    [
      "idempotency.after-json",
      "That a body is not JSON is found before a reused key.",
      async (octane) => {
        const idempotencyKey = crypto.randomUUID();
        await postSession(octane, {}, { idempotencyKey });
        const answer = await octane.send("POST", sessionsPath, { text: "}", idempotencyKey });
        return refused(answer, 400, "bad_json");
      },
    ],
    [
      "idempotency.before-fields",
      "A reused key is found before the fields are looked at.",
      async (octane) => {
        const idempotencyKey = crypto.randomUUID();
        await postSession(octane, {}, { idempotencyKey });
        return refused(await postSession(octane, doge, { idempotencyKey }), 400, "bad_request");
      },
    ],
  ]),
];
