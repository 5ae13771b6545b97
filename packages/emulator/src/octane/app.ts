import { type FoundRoute, findRoute, type OctaneRoute } from "../internal/octaneRoutes.js";
import { pathOf } from "../internal/pathOf.js";
import { uuid } from "../random.js";
import type { Answer, StreamAnswer } from "./answer.js";
import { authenticate } from "./authenticate.js";
import type { Call, OctaneState } from "./call.js";
import { type Posted, type PostHandler, post } from "./post.js";
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

type Handler = (call: Call, posted: Posted) => Promise<Answer | StreamAnswer>;

/** What answers a route that takes a body. */
const posted =
  (handle: PostHandler): Handler =>
  (call, request) =>
    post(call, request, handle);

const handlers: Readonly<Record<OctaneRoute, Handler>> = {
  createPairSession: posted(createPairSession),
  awaitPairResult: pairResult,
  validateSpKey: posted(validateSpKey),
  getEnabledWallets: enabledWallets,
  subscribeToEvents: pairEvents,
  revokePairing,
  sign: posted(sign),
};

/** What is told of a request while it is answered, beside the answer. */
type Told = {
  /** Says that the caller has gone. */
  readonly signal?: AbortSignal;
  /** Is told each 2xx answer before it leaves. */
  readonly answered?: (answer: Answer | StreamAnswer) => void;
  /** Is told the body of a request with one, piece by piece as it is read. */
  readonly read?: (piece: Uint8Array) => void;
  /** Is told the text of a JSON answer. */
  readonly sent?: (body: string) => void;
  /** Is told which service provider asks, once that is known. */
  readonly asked?: (spId: string) => void;
};

/** Octane as an HTTP application. Never rejects. */
export type App = (request: Request, told: Told) => Promise<Response>;

/** Makes the application; each route answers with and without `/octane` before it. */
export function createApp(octane: OctaneState): App {
  return async (request, told) => {
    if (request.method !== "HEAD") return serve(octane, request, told);
    const { sent: _, ...rest } = told;
    return new Response(null, await serve(octane, request, rest));
  };
}

/** Who asks comes first, for unknown routes too; then the work; whatever is refused becomes its answer here. */
async function serve(octane: OctaneState, request: Request, told: Told): Promise<Response> {
  const requestId = uuid(octane.randomBytes);
  octane.sessions.sweep();
  try {
    const answer = await answerTo(octane, request, told, requestId);
    // What an answer says is in storage before it leaves.
    await octane.journal.safe();
    if ("stream" in answer || answer.status < 300) told.answered?.(answer);
    return respond(answer, { now: octane.clock.now(), sent: told.sent });
  } catch (error) {
    return respond(refuse(internal(error), requestId), { sent: told.sent });
  }
}

async function answerTo(
  octane: OctaneState,
  request: Request,
  told: Told,
  requestId: string,
): Promise<Answer | StreamAnswer> {
  try {
    // Awaited only where somebody else can write to storage.
    if (octane.journal.refresh !== undefined) await octane.journal.refresh(octane.sps.reload);
    const caller = authenticate(request, octane.sps);
    told.asked?.(caller.sp.id);
    requireRate(octane, caller);
    const { name, path, params } = routeOf(request);
    const call: Call = { octane, sp: caller.sp, requestId, params, signal: told.signal };
    return await handlers[name](call, { request, path, read: told.read });
  } catch (error) {
    return refuse(error instanceof Refusal ? error : internal(error), requestId);
  }
}

/** @throws Refusal `not_found` or `method_not_allowed`. */
function routeOf({ method, url }: Request): FoundRoute {
  const found = findRoute(url);
  if (found === undefined) throw noSuchRoute(method, pathOf(url));
  // A HEAD is no GET here: it would open a stream that nobody reads.
  if (method !== found.method) throw wrongMethod(found.method);
  return found;
}

function wrongMethod(allowed: string): Refusal {
  return new Refusal("method_not_allowed", `This route only takes ${allowed}.`, { allow: allowed });
}

function noSuchRoute(method: string, path: string): Refusal {
  const found = `There is no route ${method} ${path.slice(0, 200)}`;
  return new Refusal("not_found", `${found}: check octaneUrl; the paths begin with /sp/.`);
}

function internal(error: unknown): Refusal {
  const detail = error instanceof Error ? error.message : String(error);
  return new Refusal("internal_error", `The emulator failed on this request: ${detail}`);
}
