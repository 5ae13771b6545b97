import { type Answer, allRefused, granted } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import type { Probe } from "../Probe.js";
import { sessionBody, sessionsPath } from "../requests.js";
import { all } from "../Verdict.js";
import type { Sending } from "../Wire.js";
import { bodyCap, routes } from "./routes.js";

/** Bodies as bytes: how many, of which type, and whether they are JSON. */
export const bodies: readonly Check[] = checksOf("Refusals", [
  [
    "body.too-large-413",
    "A body over 256 KiB is 413 body_too_large, on every POST.",
    async (octane) => allRefused(await posts(octane, { text: ofLength(bodyCap + 1) }), 413, "body_too_large"),
  ],
  [
    "body.largest",
    "A body of 256 KiB is read.",
    async (octane) => granted(await octane.send("POST", sessionsPath, { text: ofLength(bodyCap) })),
  ],
  [
    "body.media-type-415",
    "A body that is not announced as JSON is 415 unsupported_media_type, on every POST.",
    async (octane) => {
      const types = ["text/plain", "application/x-www-form-urlencoded", null];
      const answers = await Promise.all(
        types.map((contentType) => posts(octane, { json: sessionBody(), contentType })),
      );
      return allRefused(answers.flat(), 415, "unsupported_media_type");
    },
  ],
  [
    "body.media-type-parameter",
    "JSON with a charset is JSON.",
    async (octane) => {
      const contentType = "Application/JSON; charset=utf-8";
      return granted(await octane.send("POST", sessionsPath, { json: sessionBody(), contentType }));
    },
  ],
  [
    "body.bad-json-400",
    "A body that is not JSON is 400 bad_json, on every POST.",
    async (octane) => {
      const answers = await Promise.all(["", "{", "no json"].map((text) => posts(octane, { text })));
      return allRefused(answers.flat(), 400, "bad_json");
    },
  ],
  [
    "body.no-object-400",
    "A body that is JSON but no object is 400 bad_request, on every POST.",
    async (octane) => {
      const answers = await Promise.all(["[]", "null", '"text"'].map((text) => posts(octane, { text })));
      return all(allRefused(answers.flat(), 400, "bad_request"));
    },
  ],
]);

function posts(octane: Probe, sending: Sending): Promise<readonly Answer[]> {
  const paths = routes.filter(({ method }) => method === "POST").map(({ path }) => path);
  return Promise.all(paths.map((path) => octane.send("POST", path, sending)));
}

function ofLength(bytes: number): string {
  const body = JSON.stringify(sessionBody());
  return body + " ".repeat(bytes - body.length);
}
