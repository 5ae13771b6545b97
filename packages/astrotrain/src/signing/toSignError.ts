import { isClientClosed } from "../errors/clientClosed.js";
import { explainDeserialise, explainHttp, explainNetwork } from "../errors/explain.js";
import { apiKeySecret } from "../errors/Secret.js";
import { ShapeError } from "../errors/ShapeError.js";
import { SignError } from "../errors/SignError.js";
import { TransportError, type TransportErrorDetails } from "../errors/TransportError.js";
import { withoutSecrets } from "../errors/withoutSecrets.js";
import { type HttpDetails, httpDetails, reasonOf } from "../wire/httpDetails.js";
import { isRefusal } from "../wire/isRefusal.js";
import { isUndecided } from "./isUndecided.js";

/** What the error is to say of the request. */
type Asked = { readonly apiKey: string; readonly idempotencyKey: string };

type Refused = TransportErrorDetails & { kind: "http" };

/** Gives a failure of the layers below its documented form; anything else is left as it is. */
export function toSignError(error: unknown, { apiKey, idempotencyKey }: Asked): unknown {
  if (error instanceof ShapeError) return unreadable(error, idempotencyKey);
  if (!(error instanceof TransportError)) return error;
  const { details } = error;
  const secrets = [apiKeySecret(apiKey)];
  switch (details.kind) {
    case "network": {
      const { sent } = details;
      const cause = details.foreign ? withoutSecrets(details.cause, secrets) : details.cause;
      const said = explain(cause, sent);
      return new SignError(said, {
        kind: "network",
        cause,
        outcome: sent ? "unknown" : "not_sent",
        idempotencyKey,
      });
    }
    case "http": {
      const http = httpDetails(details, secrets);
      const unknown = isAmbiguous(http, details);
      const said =
        explainHttp("sign", http.status, http.code, reasonOf(http)) + (unknown ? mayHavePrompted : "");
      return new SignError(said, { ...http, ...(unknown ? { outcome: "unknown" } : {}), idempotencyKey });
    }
    case "deserialise":
      return unreadable(details.cause, idempotencyKey);
    case "malformed_sse_frame":
      // Signing reads no stream.
      return error;
  }
}

const mayHavePrompted =
  " The user may have been asked: ask this client for the same again, or pass this error's idempotencyKey, and octane asks nobody twice.";

const closedUnsent = "sign was ended by close(). Nothing was sent.";
const closedSent =
  "sign was ended by close(). The user may have been asked: pass this error's idempotencyKey to a new client, and octane asks nobody twice.";

/** @param sent whether a byte of the request may have left */
function explain(cause: unknown, sent: boolean): string {
  if (isClientClosed(cause)) return sent ? closedSent : closedUnsent;
  return explainNetwork("sign", cause, sent) + (sent ? mayHavePrompted : " Nothing was sent.");
}

const unreadable = (cause: unknown, idempotencyKey: string): SignError =>
  new SignError(explainDeserialise("sign", cause) + mayHavePrompted, {
    kind: "deserialise",
    cause,
    outcome: "unknown",
    idempotencyKey,
  });

/**
 * Only octane's own refusal says what became of the question. Anything between here and octane may give any status, while octane
 * goes on or after it has asked; and what octane says of one try may leave open what became of the one before.
 */
function isAmbiguous(http: HttpDetails, { body, sentBefore }: Refused): boolean {
  const { status, code, retryAfterMs } = http;
  if (!isRefusal(body) || (sentBefore && isUndecided(http))) return true;
  if (status === 408) return code !== "user_timeout";
  if (status === 503 && retryAfterMs !== undefined) return false;
  return status >= 500 && code !== "appliance_offline";
}
