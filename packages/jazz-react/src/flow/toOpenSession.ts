import { buildPairUri, PairError } from "@sigil/astrotrain/pairing";
import type { CreatedSession } from "../PairFlowOptions.js";
import type { OpenSession } from "../PairState.js";

/** No session lives longer, by the protocol. */
const longestMs = 600_000;

/**
 * What the page shows of a session. The links are built here from the id, so that no answer can make them lead elsewhere.
 *
 * @throws PairError of kind `deserialise` when `createSession` gave something else.
 */
export function toOpenSession(created: CreatedSession, now: number): OpenSession {
  const { session_id: sessionId, expires_at, validation_code: code } = asCreated(created);
  const left = Date.parse(expires_at) - now;
  return {
    sessionId,
    qrUri: buildPairUri({ sessionId, scheme: "sigil" }),
    link: buildPairUri({ sessionId, scheme: "https", validationCode: code }),
    shareLink: buildPairUri({ sessionId, scheme: "https" }),
    code,
    expiresAt: left > 0 && left <= longestMs ? now + left : undefined,
  };
}

function asCreated(created: unknown): CreatedSession {
  const {
    session_id,
    expires_at,
    validation_code,
    error: refusal,
  } = (created ?? {}) as Partial<Record<string, unknown>>;
  const fail = (what: string): never => {
    throw new PairError(`createSession ${what}`, { kind: "deserialise", cause: new TypeError(what) });
  };
  // The usual mistake is to read the JSON of an answer, and not its status.
  if (refusal !== undefined)
    return fail(
      `gave what a server answers when it refuses${codeOf(refusal)}. Give the response itself: its status is then read.`,
    );
  if (typeof session_id !== "string" || !/^\P{Cs}{1,256}$/u.test(session_id))
    return fail("gave no session: it has to resolve with the session_id that your server got.");
  if (typeof expires_at !== "string" || Number.isNaN(Date.parse(expires_at)))
    return fail("gave a session without expires_at, the time that your server got with it.");
  if (validation_code === undefined || validation_code === null) return { session_id, expires_at };
  if (typeof validation_code !== "string" || !/^[0-9]{6}$/.test(validation_code))
    return fail("gave a validation_code that is no text of six digits.");
  return { session_id, expires_at, validation_code };
}

/** Octane's words for a refusal are short and plain; nothing else of it is repeated. */
function codeOf(refusal: unknown): string {
  const { code } = (refusal ?? {}) as { code?: unknown };
  return typeof code === "string" && /^[a-z_]{1,40}$/.test(code) ? ` (${code})` : "";
}
