import { type Context, Hono } from "hono";
import type { Emulator } from "../emulator.js";
import { parseJson, readBody, requireJson } from "../octane/readBody.js";
import { json } from "./answers.js";
import { ControlError } from "./ControlError.js";
import type { Guard } from "./guard.js";
import type { Call, Operation } from "./Operation.js";
import { operations } from "./operations/index.js";

/** What the operations work on. */
export type ApiDeps = { readonly emulator: Emulator; readonly guard: Guard };

/** Puts each operation of the table on its path. */
export function apiRoutes(deps: ApiDeps): Hono {
  const app = new Hono();
  for (const path of new Set(operations.map((each) => each.path))) {
    const here = operations.filter((each) => each.path === path);
    app.all(path.replace(/\{(\w+)\}/g, ":$1"), (context) => serve(deps, context, here));
  }
  return app;
}

async function serve(deps: ApiDeps, context: Context, here: readonly Operation[]): Promise<Response> {
  const request = context.req.raw;
  requireToken(deps.guard, request);
  const found = here.find(({ method }) => method === request.method);
  if (found === undefined) return notAllowed(here);
  const answer = await found.run(await callOf(deps, context, found));
  // What is acknowledged is kept, however the process ends.
  if (request.method !== "GET") await deps.emulator.settled();
  if (answer instanceof Response) return answer;
  return found.status === 204 ? new Response(null, { status: 204 }) : json(found.status, answer);
}

/** The cookie is enough to look, for the page's own script and for a person; what changes something needs the token. */
function requireToken(guard: Guard, request: Request): void {
  if (guard.bears(request) || (request.method === "GET" && guard.hasCookie(request))) return;
  throw new ControlError(
    401,
    "unauthorized",
    "The control API takes the header Authorization: Bearer <token>, with the token that listen answered with or that `sigil dev` printed.",
  );
}

async function callOf(
  { emulator }: ApiDeps,
  context: Context,
  { method, body: shape }: Operation,
): Promise<Call<unknown>> {
  const request = context.req.raw;
  const body = method === "GET" ? undefined : await bodyOf(request);
  return {
    emulator,
    request,
    query: new URL(request.url).searchParams,
    param: (name) => context.req.param(name) ?? "",
    body: shape?.read(body === undefined ? {} : body, ""),
  };
}

/** A write without a body needs no media type; one with a body is JSON. */
async function bodyOf(request: Request): Promise<unknown> {
  const bytes = await readBody(request, request.signal);
  if (bytes.length === 0) return undefined;
  requireJson(request);
  return parseJson(bytes);
}

function notAllowed(here: readonly Operation[]): Response {
  const allow = here.map(({ method }) => method).join(", ");
  const message = `This path takes ${allow}.`;
  return json(405, { error: { code: "method_not_allowed", message } }, { allow });
}
