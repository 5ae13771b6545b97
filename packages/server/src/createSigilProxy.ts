import { refuse } from "./answer.js";
import { Refusal } from "./Refusal.js";
import { readConfig, type Settings } from "./readConfig.js";
import { refuseForgery } from "./refuseForgery.js";
import { routeOf } from "./route.js";
import type { SigilProxyConfig } from "./SigilProxyConfig.js";
import { cancel } from "./session/cancel.js";
import { mint } from "./session/mint.js";
import { result } from "./session/result.js";
import { state } from "./session/state.js";
import { Waits } from "./session/Waits.js";
import { sign } from "./sign/sign.js";
import { toRefusal } from "./toRefusal.js";

export type SigilProxy = {
  /** Answers a request to one of the proxy's routes. Never rejects, and needs no `this`. */
  readonly fetch: (request: Request) => Promise<Response>;
};

/**
 * Stands between your pages and octane, on your server, where the API key is. It opens pairing sessions for users of
 * yours, tells each of them how their own ended, and validates what they approved.
 *
 * @throws ConfigError when an option is wrong or `authorize` is missing, and in a browser.
 * @example
 * ```ts
 * const proxy = createSigilProxy({
 *   octaneUrl: "https://api.sigilvault.xyz/octane",
 *   apiKey: process.env.SIGIL_API_KEY ?? "",
 *   authorize: async (request) => await userOf(request.headers.get("cookie")), // { userId } or null
 *   onPaired: async ({ userId, pairId, entries }) => await db.savePair(userId, pairId, entries),
 *   allowedOrigins: ["https://app.example"],
 *   requestedScopes: [{ chain: "ethereum", access: "sign" }],
 * });
 * app.all("/api/*", (c) => proxy.fetch(c.req.raw)); // Hono
 * ```
 */
export function createSigilProxy(config: SigilProxyConfig): SigilProxy {
  const settings = readConfig(config);
  const waits = new Waits();
  const fetch = async (request: Request): Promise<Response> => {
    try {
      return await serve(settings, waits, request);
    } catch (error) {
      if (!(error instanceof Refusal)) settings.report(error);
      return refuse(toRefusal(error));
    }
  };
  return Object.freeze({ fetch });
}

async function serve(settings: Settings, waits: Waits, request: Request): Promise<Response> {
  const route = routeOf(request, settings.basePath);
  refuseForgery(request, route, settings.allowedOrigins);
  const userId = await whoAsks(settings, request);
  if (route.name === "mint") return mint(settings, request, userId);
  if (route.name === "sign") return sign(settings, request, userId);
  const record = await settings.sessions.find(route.sessionId, userId);
  // Another user's session is as unknown as one that never was.
  if (record === undefined) throw new Refusal("not_found");
  if (route.name === "state") return state(record);
  if (route.name === "cancel") return cancel(settings, waits, record);
  return result(settings, waits, record, request.signal);
}

async function whoAsks({ authorize }: Settings, request: Request): Promise<string> {
  const user = await authorize(request);
  if (user === null || user === undefined) throw new Refusal("unauthorized");
  const { userId } = user;
  if (typeof userId === "string" && userId !== "" && userId.length <= 256) return userId;
  throw new TypeError("authorize must give { userId }, a text of 1 to 256 characters, or null.");
}
