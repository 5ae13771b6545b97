import { type Answer, allRefused, refused } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import type { Probe } from "../Probe.js";
import { all, holds } from "../Verdict.js";
import { bodyCap, noRoute, routes } from "./routes.js";

/** Routes there are not, and methods a route does not take. */
export const methods: readonly Check[] = checksOf("Refusals", [
  [
    "route.unknown-404",
    "An unknown route is 404 not_found.",
    async (octane) => refused(await octane.send("GET", noRoute), 404, "not_found"),
  ],
  [
    "route.unknown-before-body",
    "An unknown route is found before the body is read.",
    async (octane) =>
      refused(await octane.send("POST", noRoute, { text: "x".repeat(bodyCap + 1) }), 404, "not_found"),
  ],
  [
    "method.wrong-405",
    "A known route asked with another method is 405 method_not_allowed.",
    async (octane) => allRefused(await otherMethods(octane), 405, "method_not_allowed"),
  ],
  [
    "method.allow",
    "A 405 says in Allow which method the route takes.",
    async (octane) => {
      const answers = await otherMethods(octane);
      return all(
        ...routes.map(({ method, path }, index) => {
          const allowed = (answers[index]?.headers.get("allow") ?? "").split(/\s*,\s*/);
          return holds(allowed.includes(method), `Allow: ${method} from ${path}`, allowed.join(", "));
        }),
      );
    },
  ],
  [
    "method.before-body",
    "A wrong method is found before the body is read.",
    async (octane) => {
      const answer = await octane.send("PUT", routes[0]?.path ?? "", { text: "x".repeat(bodyCap + 1) });
      return refused(answer, 405, "method_not_allowed");
    },
  ],
]);

function otherMethods(octane: Probe): Promise<readonly Answer[]> {
  return octane.once("other methods", () =>
    Promise.all(routes.map(({ method, path }) => octane.send(method === "POST" ? "GET" : "PUT", path))),
  );
}
