import { findRoute, octaneRouteNames } from "../internal/octaneRoutes.js";

/** A route, by the SDK's call that asks it. */
export type FaultRoute =
  | "createPairSession"
  | "awaitPairResult"
  | "validateSpKey"
  | "getEnabledWallets"
  | "subscribeToEvents"
  | "revokePairing"
  | "sign";

/** Every route, by whose names faults are scripted, in the order of the protocol page. */
export const routeNames: readonly FaultRoute[] = octaneRouteNames;

/** The routes that answer with a stream of events. */
export const streamRoutes: readonly FaultRoute[] = ["awaitPairResult", "subscribeToEvents"];

/** Whether the route answers with a stream of events. */
export function isStreamRoute(route: FaultRoute | undefined): boolean {
  return route !== undefined && streamRoutes.includes(route);
}

/** Which route a request asks, with or without `/octane` before the path; nothing where there is no such route. */
export function routeOf({ method, url }: Request): FaultRoute | undefined {
  const found = findRoute(url);
  return found?.method === method ? found.name : undefined;
}
