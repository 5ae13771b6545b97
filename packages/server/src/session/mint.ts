import { createPairSession, mintValidationCode } from "@sigil/astrotrain/pairing";
import { answer } from "../answer.js";
import { checkedPairUri } from "../checkedPairUri.js";
import { Refusal } from "../Refusal.js";
import type { Settings } from "../readConfig.js";
import { checkedReturnUrl } from "../returnUrl.js";

/**
 * Opens a session for this user. What it asks for and where it returns to is ours to say: the request's body is not read.
 * Its user has to see the code, so it is in the answer; octane does not learn it before it validates.
 */
export async function mint(settings: Settings, request: Request, userId: string): Promise<Response> {
  const { octane, requestedScopes, expiresInSecs, sessions } = settings;
  const returnUrl = returnUrlFor(request, settings);
  const { signal } = request;
  const code = mintValidationCode();
  const scopes = { spUserRef: userId, requestedScopes, expiresInSecs, returnUrl };
  const session = await createPairSession({ ...octane, ...scopes, signal });
  const { session_id, expires_at } = session;
  const pair_uri = checkedPairUri(session.pair_uri);
  if (pair_uri === undefined) {
    settings.report(new Error("octane's pair_uri is no https or sigil link: no session was opened."));
    throw new Refusal("upstream_failed");
  }
  await sessions.save({ sessionId: session_id, userId, code, expiresAt: expires_at });
  return answer(201, { session_id, pair_uri, expires_at, validation_code: code });
}

function returnUrlFor(request: Request, { returnUrl, allowedOrigins }: Settings): string | undefined {
  if (returnUrl === undefined) return undefined;
  const checked = checkedReturnUrl(returnUrl(request), allowedOrigins);
  if (checked === undefined)
    throw new Error("returnUrl gave what is no https URL on one of allowedOrigins: no session was opened.");
  return checked;
}
