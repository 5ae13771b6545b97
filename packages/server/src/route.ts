import { Refusal } from "./Refusal.js";

/** What a request asks for. */
export type Route =
  | { readonly name: "mint" }
  | { readonly name: "sign" }
  | { readonly name: "result" | "state" | "cancel"; readonly sessionId: string };

const sessionRoutes = {
  "": { name: "state", method: "GET" },
  "/result": { name: "result", method: "GET" },
  "/cancel": { name: "cancel", method: "POST" },
} as const;

/**
 * The paths are the protocol's, so that the pairing calls of `@sigil/astrotrain` work in a page with `octaneUrl: "/api"`.
 * Frameworks that mount a handler may have taken the base path off already.
 *
 * @throws Refusal `not_found` or `method_not_allowed`
 */
export function routeOf({ method, url }: Request, basePath: string): Route {
  const { pathname } = new URL(url);
  const path = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname;
  if (path === "/sp/pair/sessions" || path === "/create-pair-session")
    return requireMethod(method, "POST", { name: "mint" });
  if (path === "/sp/sign") return requireMethod(method, "POST", { name: "sign" });
  const [, id = "", rest = ""] = /^\/sp\/pair\/sessions\/([^/]+)(\/result|\/cancel)?$/.exec(path) ?? [];
  if (id === "") throw new Refusal("not_found");
  const { name, method: wanted } = sessionRoutes[rest as keyof typeof sessionRoutes];
  return requireMethod(method, wanted, { name, sessionId: decode(id) });
}

function requireMethod(method: string, wanted: string, route: Route): Route {
  if (method !== wanted) throw new Refusal("method_not_allowed", { allow: wanted });
  return route;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal("not_found");
  }
}
