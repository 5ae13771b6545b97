import { rfc3339 } from "../../clock/moment.js";
import { toBase64Url } from "../../encoding/base64url.js";
import type { Scope } from "../../link/messages.js";
import type { Answer } from "../answer.js";
import type { PostCall } from "../call.js";
import { knownChain, number, object, objectOf, objects, oneOf, optional, text } from "../fields.js";
import { pairUriOf } from "../pairUriOf.js";
import { Refusal } from "../refusal.js";
import { requireSupported } from "../requireSupported.js";
import { isAllowedReturnUrl } from "../returnUrl.js";

/** How long a session lives unless the request says otherwise, in seconds. */
const defaultExpirySecs = 300;
const maxExpirySecs = 600;
const maxScopes = 64;

type SessionRequest = {
  readonly sp_user_ref: string;
  readonly requested_scopes: readonly Scope[];
  readonly expires_in_secs: number;
  readonly return_url?: string;
};

/** `POST /sp/pair/sessions` (protocol page, createPairSession). */
export async function createPairSession(call: PostCall): Promise<Answer> {
  const { octane, sp, requestId } = call;
  const request = read(call.body);
  for (const { chain } of request.requested_scopes) requireSupported(call, [chain]);
  if (
    request.return_url !== undefined &&
    !isAllowedReturnUrl(request.return_url, sp.allowed_return_origins)
  ) {
    throw new Refusal(
      "return_origin_denied",
      "return_url must be an https address whose origin is on this service provider's list: pass allowedReturnOrigins.",
    );
  }
  requireRoom(call);
  // 24 bytes: a session id is the only secret of the link, so it carries more than 128 bits.
  const session_id = toBase64Url(octane.randomBytes(24));
  const expires_at_ms = octane.clock.now() + request.expires_in_secs * 1000;
  const { sp_user_ref, requested_scopes } = request;
  const returns = request.return_url === undefined ? {} : { return_url: request.return_url };
  octane.sessions.add({
    session_id,
    sp_id: sp.id,
    sp_user_ref,
    requested_scopes,
    expires_at_ms,
    ...returns,
  });
  octane.emit("session_created", { session_id, sp_id: sp.id });
  const pair_uri = pairUriOf(session_id);
  const body = { session_id, pair_uri, expires_at: rfc3339(expires_at_ms), ...returns };
  return { status: 201, body, requestId };
}

/** Types first, then chain names, then the lifetime: the order of the protocol page. */
function read(body: unknown): SessionRequest {
  const source = objectOf(body, "");
  const sp_user_ref = text(source, "sp_user_ref");
  const scopes = objects(source, "requested_scopes", maxScopes).map((scope) => ({
    chain: text(scope, "chain"),
    access: oneOf(scope, "access", ["sign", "read"]),
    path: `${scope.path}chain`,
  }));
  const expires_in_secs = optional(source, "expires_in_secs", number) ?? defaultExpirySecs;
  const return_url = optional(source, "return_url", text);
  optional(source, "client_meta", object);
  const requested_scopes = scopes.map(({ chain, access, path }) => ({
    chain: knownChain(chain, path),
    access,
  }));
  requireLifetime(expires_in_secs);
  return {
    sp_user_ref,
    requested_scopes,
    expires_in_secs,
    ...(return_url === undefined ? {} : { return_url }),
  };
}

function requireLifetime(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= maxExpirySecs) return;
  throw new Refusal(
    "expires_out_of_range",
    `expires_in_secs must be a whole number of seconds from 1 to ${maxExpirySecs}.`,
  );
}

function requireRoom({ octane, sp }: PostCall): void {
  const until = octane.sessions.fullUntil(sp.id);
  if (until === undefined) return;
  const seconds = Math.max(1, Math.ceil((until - octane.clock.now()) / 1000));
  throw new Refusal("rate_limited", `Too many pairing sessions are open: try again in ${seconds} s.`, {
    "retry-after": String(seconds),
  });
}
