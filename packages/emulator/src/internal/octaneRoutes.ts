import { pathOf } from "./pathOf.js";

/** The routes of the protocol page, by the SDK's call that asks each. Each path has one method. */
const octaneRoutes = {
  createPairSession: { method: "POST", path: "/sp/pair/sessions" },
  awaitPairResult: { method: "GET", path: "/sp/pair/sessions/:session_id/result" },
  validateSpKey: { method: "POST", path: "/sp/pair/validate" },
  getEnabledWallets: { method: "GET", path: "/sp/pairings/:pair_id/wallets" },
  subscribeToEvents: { method: "GET", path: "/sp/pairings/:pair_id/events" },
  revokePairing: { method: "DELETE", path: "/sp/pairings/:pair_id" },
  sign: { method: "POST", path: "/sp/sign" },
} as const;

/** The name of a route. */
export type OctaneRoute = keyof typeof octaneRoutes;

/** Every route, in the order of the protocol page. */
export const octaneRouteNames: readonly OctaneRoute[] = Object.keys(octaneRoutes) as OctaneRoute[];

const table = octaneRouteNames.map((name) => {
  const { method, path } = octaneRoutes[name];
  return { name, method, path, pattern: path.split("/") };
});

/** A route, and what stands in the place of each `:name` of its path. */
export type FoundRoute = {
  readonly name: OctaneRoute;
  /** The one it takes, whatever was asked. */
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
};

/** The route at a URL's path, with or without `/octane` before it; nothing where there is none. */
export function findRoute(url: string): FoundRoute | undefined {
  // The vendor's production has an /octane before all of them.
  const path = pathOf(url).replace(/^\/octane(?=\/)/, "");
  const segments = path.split("/").map(decoded);
  for (const { pattern, ...route } of table) {
    const params = paramsOf(pattern, segments);
    if (params !== undefined) return { ...route, params };
  }
  return undefined;
}

/** What stands in the place of each `:name`, or nothing where it is another path. */
function paramsOf(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at] ?? "";
    if (part.startsWith(":") && segment !== "") params[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}

/** A segment of a path without its percent-encoding, where it is one. */
function decoded(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
