import { toBase64Url } from "../encoding/base64url.js";
import type { ApplianceEnd, OctaneEnd } from "../link/messages.js";
import type { RandomBytes } from "../random.js";
import { type AppEnv, createApp } from "./app.js";
import type { OctaneState } from "./call.js";
import { createOctaneKey } from "./envelope.js";
import { createOctaneEnd } from "./octaneEnd.js";
import { returnOrigins } from "./returnUrl.js";
import { createDirectory } from "./stores/directory.js";
import { createIdempotency } from "./stores/idempotency.js";
import { createPairings } from "./stores/pairings.js";
import { createSessions, type SessionLimits } from "./stores/sessions.js";
import { createSps, type SpRegistration } from "./stores/sps.js";

/** What an octane needs from outside. */
export type OctaneDeps = {
  readonly appliance: ApplianceEnd;
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
  readonly userTimeoutMs: number;
  readonly sessionLimits?: SessionLimits;
};

/** One octane: its HTTP side, its end of the link, its service providers. It holds no private key but its own. */
export type Octane = {
  fetch(request: Request, env: AppEnv["Bindings"]): Promise<Response>;
  readonly end: OctaneEnd;
  /** Base64url of 32 bytes. */
  readonly publicKey: string;
  /** Registers a service provider by its public key and answers with its API key. */
  addSp(registration: SpRegistration): string;
};

/** Makes an octane that knows nobody yet. */
export function createOctane(deps: OctaneDeps): Octane {
  const state: OctaneState = {
    ...deps,
    sps: createSps(deps.randomBytes),
    sessions: createSessions(deps.now, deps.sessionLimits),
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
    addSp: (sp) => state.sps.add({ ...sp, allowedReturnOrigins: returnOrigins(sp.allowedReturnOrigins) }),
  };
}
