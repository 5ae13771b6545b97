/** A route, by the SDK's call that asks it. */
export type FaultRoute =
  | "createPairSession"
  | "awaitPairResult"
  | "validateSpKey"
  | "getEnabledWallets"
  | "subscribeToEvents"
  | "revokePairing"
  | "sign";

/** The calls of the SDK, by whose names faults are scripted, and the route each of them asks. */
const routes: Readonly<Record<FaultRoute, readonly [method: string, path: RegExp]>> = {
  createPairSession: ["POST", /^\/sp\/pair\/sessions$/],
  awaitPairResult: ["GET", /^\/sp\/pair\/sessions\/[^/]+\/result$/],
  validateSpKey: ["POST", /^\/sp\/pair\/validate$/],
  getEnabledWallets: ["GET", /^\/sp\/pairings\/[^/]+\/wallets$/],
  subscribeToEvents: ["GET", /^\/sp\/pairings\/[^/]+\/events$/],
  revokePairing: ["DELETE", /^\/sp\/pairings\/[^/]+$/],
  sign: ["POST", /^\/sp\/sign$/],
};

/** Every route, in the order of the protocol page. */
export const routeNames: readonly FaultRoute[] = Object.keys(routes) as FaultRoute[];

/** The routes that answer with a stream of events. */
export const streamRoutes: readonly FaultRoute[] = ["awaitPairResult", "subscribeToEvents"];

/** Whether the route answers with a stream of events. */
export function isStreamRoute(route: FaultRoute | undefined): boolean {
  return route !== undefined && streamRoutes.includes(route);
}

/** Which route a request asks, with or without `/octane` before the path; nothing where there is no such route. */
export function routeOf(request: Request): FaultRoute | undefined {
  const path = pathOf(request.url).replace(/^\/octane(?=\/)/, "");
  for (const name of routeNames) {
    const [method, pattern] = routes[name];
    if (method === request.method && pattern.test(path)) return name;
  }
  return undefined;
}

/** Without parsing: the URL of a Request is in its normal form already. */
function pathOf(url: string): string {
  const path = url.indexOf("/", url.indexOf("://") + 3);
  const end = url.slice(path).search(/[?#]/);
  return end === -1 ? url.slice(path) : url.slice(path, path + end);
}
