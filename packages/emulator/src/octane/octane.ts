import { toBase64Url } from "../encoding/base64url.js";
import type { ApplianceEnd, OctaneEnd } from "../link/messages.js";
import type { RandomBytes } from "../random.js";
import { type AppEnv, createApp } from "./app.js";
import type { OctaneState } from "./call.js";
import { createOctaneKey } from "./envelope.js";
import { createOctaneEnd } from "./octaneEnd.js";
import { returnOriginOf } from "./returnUrl.js";
import { createDirectory } from "./stores/directory.js";
import { createIdempotency } from "./stores/idempotency.js";
import { createPairings } from "./stores/pairings.js";
import { createSessions } from "./stores/sessions.js";
import { createSps, type SpCredentials } from "./stores/sps.js";

/** What an octane needs from outside. */
export type OctaneDeps = {
  readonly appliance: ApplianceEnd;
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
  readonly userTimeoutMs: number;
};

/** One octane: its HTTP side, its end of the link, its service providers. It holds no key of any device. */
export type Octane = {
  fetch(request: Request, env: AppEnv["Bindings"]): Promise<Response>;
  readonly end: OctaneEnd;
  /** Base64url of 32 bytes. */
  readonly publicKey: string;
  addSp(name: string, allowedReturnOrigins: readonly string[]): SpCredentials;
};

/** Makes an octane that knows nobody yet. */
export function createOctane(deps: OctaneDeps): Octane {
  const state: OctaneState = {
    ...deps,
    sps: createSps(deps.randomBytes),
    sessions: createSessions(deps.now),
    pairings: createPairings(),
    directory: createDirectory(),
    idempotency: createIdempotency(),
    key: createOctaneKey(deps.randomBytes),
  };
  const app = createApp(state);
  return {
    fetch: async (request, env) => app.fetch(request, env),
    end: createOctaneEnd(state),
    publicKey: toBase64Url(state.key.publicKey),
    addSp: (name, origins) => state.sps.add(name, origins.map(returnOriginOf)),
  };
}
