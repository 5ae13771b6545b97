import { type Context, Hono } from "hono";
import { uuid } from "../random.js";
import type { Answer, StreamAnswer } from "./answer.js";
import { authenticate } from "./authenticate.js";
import type { Call, OctaneState } from "./call.js";
import { type PostHandler, post } from "./post.js";
import { Refusal } from "./refusal.js";
import { requireRate } from "./requireRate.js";
import { refuse, respond } from "./respond.js";
import { createPairSession } from "./routes/createPairSession.js";
import { enabledWallets } from "./routes/enabledWallets.js";
import { pairEvents } from "./routes/pairEvents.js";
import { pairResult } from "./routes/pairResult.js";
import { revokePairing } from "./routes/revokePairing.js";
import { sign } from "./routes/sign.js";
import { validateSpKey } from "./routes/validateSpKey.js";

type Route =
  | { readonly method: "POST"; readonly handle: PostHandler }
  | { readonly method: "GET" | "DELETE"; readonly handle: (call: Call) => Promise<Answer | StreamAnswer> };

/** All routes of the protocol page. Each path has one method. */
const routes: Readonly<Record<string, Route>> = {
  "/sp/pair/sessions": { method: "POST", handle: createPairSession },
  "/sp/pair/sessions/:session_id/result": { method: "GET", handle: pairResult },
  "/sp/pair/validate": { method: "POST", handle: validateSpKey },
  "/sp/pairings/:pair_id/wallets": { method: "GET", handle: enabledWallets },
  "/sp/pairings/:pair_id/events": { method: "GET", handle: pairEvents },
  "/sp/pairings/:pair_id": { method: "DELETE", handle: revokePairing },
  "/sp/sign": { method: "POST", handle: sign },
};

/** What a request needs beside itself. */
export type AppEnv = {
  Bindings: {
    /** Says that the caller has gone. */
    signal?: AbortSignal;
    /** Is told each 2xx answer before it leaves. */
    answered?: (answer: Answer | StreamAnswer) => void;
    /** Is told the body of a request with one, as it was read. */
    read?: (body: Uint8Array) => void;
    /** Is told the text of a JSON answer. */
    sent?: (body: string) => void;
    /** Is told which service provider asks, once that is known. */
    asked?: (spId: string) => void;
  };
};

/** Octane as an HTTP application; each route answers with and without `/octane` before it. */
export function createApp(octane: OctaneState): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const [path, route] of Object.entries(routes)) {
    for (const base of ["", "/octane"]) {
      app.all(base + path, (context) => serve(octane, context, (call) => run(call, context, path, route)));
    }
  }
  app.notFound((context) => serve(octane, context, () => noSuchRoute(context)));
  return app;
}

/** Who asks comes first, for unknown routes too; then the work; whatever is refused becomes its answer here. */
async function serve(
  octane: OctaneState,
  context: Context<AppEnv>,
  work: (call: Call) => Promise<Answer | StreamAnswer>,
): Promise<Response> {
  const requestId = uuid(octane.randomBytes);
  octane.sessions.sweep();
  try {
    const answer = await answerTo(octane, context, requestId, work);
    // What an answer says is in storage before it leaves.
    await octane.journal.safe();
    if ("stream" in answer || answer.status < 300) context.env.answered?.(answer);
    return respond(answer, context.env.sent);
  } catch (error) {
    return respond(refuse(internal(error), requestId), context.env.sent);
  }
}

async function answerTo(
  octane: OctaneState,
  context: Context<AppEnv>,
  requestId: string,
  work: (call: Call) => Promise<Answer | StreamAnswer>,
): Promise<Answer | StreamAnswer> {
  try {
    // Awaited only where somebody else can write to storage.
    if (octane.journal.refresh !== undefined) await octane.journal.refresh(octane.sps.reload);
    const caller = authenticate(context.req.raw, octane.sps);
    context.env.asked?.(caller.sp.id);
    requireRate(octane, caller);
    const params = context.req.param() as Record<string, string>;
    return await work({ octane, sp: caller.sp, requestId, params, signal: context.env.signal });
  } catch (error) {
    return refuse(error instanceof Refusal ? error : internal(error), requestId);
  }
}

async function run(
  call: Call,
  context: Context<AppEnv>,
  path: string,
  route: Route,
): Promise<Answer | StreamAnswer> {
  // The raw method: the router would take a HEAD for a GET, and open a stream that nobody reads.
  if (context.req.raw.method !== route.method) throw wrongMethod(route.method);
  return route.method === "POST"
    ? post(call, { request: context.req.raw, path, read: context.env.read }, route.handle)
    : route.handle(call);
}

function wrongMethod(allowed: string): Refusal {
  return new Refusal("method_not_allowed", `This route only takes ${allowed}.`, { allow: allowed });
}

async function noSuchRoute(context: Context<AppEnv>): Promise<never> {
  const { method } = context.req.raw;
  throw new Refusal(
    "not_found",
    `There is no route ${method} ${context.req.path.slice(0, 200)}: check octaneUrl; the paths begin with /sp/.`,
  );
}

function internal(error: unknown): Refusal {
  const detail = error instanceof Error ? error.message : String(error);
  return new Refusal("internal_error", `The emulator failed on this request: ${detail}`);
}
