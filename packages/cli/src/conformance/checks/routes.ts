import { pairingPath, resultPath, sessionsPath, signPath, unknownId, validatePath } from "../requests.js";

/** Every route, with ids nobody has. */
export const routes: readonly { readonly method: string; readonly path: string }[] = [
  { method: "POST", path: sessionsPath },
  { method: "GET", path: resultPath(unknownId) },
  { method: "POST", path: validatePath },
  { method: "GET", path: pairingPath(unknownId, "/wallets") },
  { method: "GET", path: pairingPath(unknownId, "/events") },
  { method: "DELETE", path: pairingPath(unknownId) },
  { method: "POST", path: signPath },
];

/** A path that is no route. */
export const noRoute = "/sp/conformance/no-such-route";

/** The largest body octane takes, in bytes. */
export const bodyCap: number = 256 * 1024;
