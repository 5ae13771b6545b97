/** @jsxImportSource hono/jsx */
import { Hono } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import { problemOf } from "../control/answers.js";
import { ControlError } from "../control/ControlError.js";
import type { Guard } from "../control/guard.js";
import { operations } from "../control/operations/index.js";
import type { Emulator } from "../emulator.js";
import type { Action, Secrets } from "./Action.js";
import { ApiPage } from "./ApiPage.js";
import { readForm } from "./form.js";
import { Layout, type Part, partPaths } from "./Layout.js";
import { metroplexActions } from "./metroplex/actions.js";
import { Metroplex } from "./metroplex/Metroplex.js";
import { noticeOf, notices } from "./notices.js";
import { SignIn } from "./SignIn.js";
import { script } from "./script.js";
import { style } from "./style.js";
import { sunstormActions } from "./sunstorm/actions.js";
import { Sunstorm } from "./sunstorm/Sunstorm.js";
import { Traffic, type TrafficFilter } from "./traffic/Traffic.js";

const actions: Readonly<Record<string, Action>> = { ...sunstormActions, ...metroplexActions };

/** Nothing from elsewhere, nothing inline, no frame around it. */
const pageHeaders: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  // With less than this, browsers send forms without the origin they come from.
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
};

/** What a page is made of. */
type PageDeps = { readonly emulator: Emulator; readonly guard: Guard };
type View = {
  readonly part: Part;
  readonly status: string;
  readonly filter?: TrafficFilter;
  readonly secrets?: Secrets;
};

/** The page: its three parts, their forms, and what they are shown with. */
export function pageRoutes({ emulator, guard }: PageDeps): Hono {
  const app = new Hono();
  const show = async (view: View, status = 200): Promise<Response> =>
    html(await pageOf(emulator, view), status);
  // Asked for by browsers beside everything, also before there is a cookie: the page has none.
  app.get("/favicon.ico", () => new Response(null, { status: 204 }));
  app.use(async ({ req }, next) => {
    const token = req.method === "GET" ? req.query("token") : undefined;
    if (token !== undefined && guard.isToken(token)) {
      return new Response(null, {
        status: 303,
        headers: { location: req.path, "set-cookie": guard.setCookie },
      });
    }
    if (guard.bears(req.raw) || guard.hasCookie(req.raw)) return next();
    return html(<SignIn wrong={token !== undefined} />, 401);
  });
  for (const part of Object.keys(partPaths) as Part[]) {
    app.get(partPaths[part], ({ req }) =>
      show({
        part,
        status: noticeOf(req.query("done") ?? null),
        filter: { text: req.query("q") ?? "", sp: req.query("sp") ?? "" },
      }),
    );
  }
  app.get("/_emulator/", () => html(<ApiPage operations={operations} />, 200));
  app.get("/_emulator", ({ redirect }) => redirect("/_emulator/", 303));
  app.get("/_emulator/page.css", () => asset(style, "text/css"));
  app.get("/_emulator/page.js", () => asset(script, "text/javascript"));
  app.post("/_emulator/do/:action", async ({ req }) => {
    const name = req.param("action");
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    const { part } = action ?? { part: "Sunstorm" as const };
    try {
      if (action === undefined) throw new ControlError(404, "not_found", "The page has no such form.");
      requireOwnOrigin(req.raw);
      const { notice, secrets } = await action.run(emulator, await readForm(req.raw));
      // What is acknowledged is kept, however the process ends.
      await emulator.settled();
      if (secrets !== undefined) return await show({ part, status: notices[notice], secrets });
      return new Response(null, { status: 303, headers: { location: `${partPaths[part]}?done=${notice}` } });
    } catch (error) {
      const { status, message } = problemOf(error);
      return show({ part, status: `Not done: ${message}` }, status);
    }
  });
  return app;
}

async function pageOf(emulator: Emulator, view: View): Promise<JSX.Element> {
  const { part, status, secrets, filter = { text: "", sp: "" } } = view;
  return (
    <Layout emulator={emulator} part={part} status={status}>
      {part === "Sunstorm" ? <Sunstorm emulator={emulator} /> : ""}
      {part === "Metroplex" ? <Metroplex emulator={emulator} secrets={secrets} /> : ""}
      {part === "Traffic" ? <Traffic emulator={emulator} filter={filter} /> : ""}
    </Layout>
  );
}

/** A cookie travels by itself, so a form has to say by its origin that it is the page's. */
function requireOwnOrigin(request: Request): void {
  const own = request.headers.get("origin") === new URL(request.url).origin;
  if (own || request.headers.get("sec-fetch-site") === "same-origin") return;
  throw new ControlError(403, "origin_denied", "A form has to come from the emulator's own page.");
}

async function html(page: JSX.Element, status: number): Promise<Response> {
  const headers = { "content-type": "text/html; charset=utf-8", ...pageHeaders };
  // A promise as soon as something on the page is one, whatever the type says.
  const text: string = await (await page).toString();
  return new Response(`<!doctype html>${text}`, { status, headers });
}

function asset(text: string, type: string): Response {
  return new Response(text, { headers: { "content-type": `${type}; charset=utf-8` } });
}
