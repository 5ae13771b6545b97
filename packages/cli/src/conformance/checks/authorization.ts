import { type Answer, allRefused, refused } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import type { Probe } from "../Probe.js";
import type { Sending } from "../Wire.js";
import { noRoute, routes } from "./routes.js";

/** Who asks comes first. */
export const authorization: readonly Check[] = [
  ...checksOf("Conventions", [
    [
      "auth.missing",
      "Every route refuses a request without Authorization: 401 unauthorized.",
      async (octane) => allRefused(await everywhere(octane, { authorization: null }), 401, "unauthorized"),
    ],
    [
      "auth.unknown-key",
      "Every route refuses an API key that it does not know: 401 unauthorized.",
      async (octane) => {
        const answers = await everywhere(octane, { apiKey: `unknown-${crypto.randomUUID()}` });
        return allRefused(answers, 401, "unauthorized");
      },
    ],
    [
      "auth.other-scheme",
      "The API key counts as a bearer token only: 401 unauthorized for another scheme.",
      async (octane) => {
        const authorization = `Basic ${btoa(`${octane.settings.apiKey}:`)}`;
        return allRefused(await everywhere(octane, { authorization }), 401, "unauthorized");
      },
    ],
  ]),
  ...checksOf("Refusals", [
    [
      "auth.before-route",
      "401 is decided before an unknown route.",
      async (octane) =>
        refused(await octane.send("GET", noRoute, { authorization: null }), 401, "unauthorized"),
    ],
    [
      "auth.before-method",
      "401 is decided before a wrong method.",
      async (octane) => {
        const answer = await octane.send("PUT", routes[0]?.path ?? "", { authorization: null });
        return refused(answer, 401, "unauthorized");
      },
    ],
  ]),
];

function everywhere(octane: Probe, sending: Sending): Promise<readonly Answer[]> {
  return Promise.all(
    routes.map(({ method, path }) =>
      octane.send(method, path, { ...(method === "POST" ? { json: {} } : {}), ...sending }),
    ),
  );
}
