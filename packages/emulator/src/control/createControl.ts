import { Hono } from "hono";
import type { Emulator } from "../emulator.js";
import { pageRoutes } from "../page/pageRoutes.js";
import { json, problemOf, sealed } from "./answers.js";
import { ControlError } from "./ControlError.js";
import { createGuard, refuseForeign } from "./guard.js";
import { apiRoutes } from "./routes.js";

/** How the control API is set up. */
export type ControlOptions = {
  /** What whoever controls the emulator has to show: 16 to 256 letters, digits or signs of `-._~+/=`. Secret. */
  readonly token: string;
};

/** The control API and the page, as an HTTP application. */
export type Control = {
  /** Answers a request for `/`, `/_emulator` or a path below it. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>;
};

/**
 * Makes what controls an emulator from outside of its process: the API below `/_emulator/`, described by
 * `/_emulator/openapi.json`, and the page at `/`. Needs no socket; `listen` of `@sigil/emulator/node` puts it on a port.
 *
 * The API takes `Authorization: Bearer <token>`. A browser shows the token once, as `/?token=…`, and gets a cookie.
 * What another web page sends is refused; no answer has a CORS header.
 *
 * @throws TypeError where the token is too short or could not stand in a header.
 * @example
 * ```ts
 * const control = createControl(createEmulator(), { token: "a-token-nobody-guesses" });
 * const headers = { authorization: "Bearer a-token-nobody-guesses" };
 * const health = await control.fetch(new Request("http://localhost/_emulator/health", { headers }));
 * ```
 */
export function createControl(emulator: Emulator, { token }: ControlOptions): Control {
  const guard = createGuard(token);
  const app = new Hono();
  app.use(async (context, next) => {
    refuseForeign(context.req.raw);
    await next();
  });
  app.route("/_emulator", apiRoutes({ emulator, guard }));
  app.route("/", pageRoutes({ emulator, guard }));
  app.notFound(() =>
    failed(
      new ControlError(404, "not_found", "There is no such path: /_emulator/openapi.json has all of them."),
    ),
  );
  app.onError(failed);
  return Object.freeze({ fetch: async (request: Request) => sealed(await app.fetch(request)) });
}

function failed(error: Error): Response {
  const { status, code, message } = problemOf(error);
  return json(status, { error: { code, message } });
}
