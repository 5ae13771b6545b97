import { isClientClosed } from "../errors/clientClosed.js";
import { explainDeserialise, explainHttp, explainNetwork } from "../errors/explain.js";
import { ShapeError } from "../errors/ShapeError.js";
import { SignError } from "../errors/SignError.js";
import { TransportError } from "../errors/TransportError.js";
import { withoutSecret } from "../errors/withoutSecret.js";
import { type HttpDetails, httpDetails } from "../wire/httpDetails.js";

/** What the error is to say of the request. */
type Asked = { readonly apiKey: string; readonly idempotencyKey: string };

/** Gives a failure of the layers below its documented form; anything else is left as it is. */
export function toSignError(error: unknown, { apiKey, idempotencyKey }: Asked): unknown {
  if (error instanceof ShapeError) return unreadable(error, idempotencyKey);
  if (!(error instanceof TransportError)) return error;
  const { details } = error;
  switch (details.kind) {
    case "network": {
      const { sent } = details;
      const cause = details.foreign ? withoutSecret(details.cause, apiKey) : details.cause;
      const said = explain(cause, sent);
      return new SignError(said, {
        kind: "network",
        cause,
        outcome: sent ? "unknown" : "not_sent",
        idempotencyKey,
      });
    }
    case "http": {
      const http = httpDetails(details, apiKey);
      const unknown = isAmbiguous(http);
      const said = explainHttp("sign", http.status, http.code) + (unknown ? mayHavePrompted : "");
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

/** Statuses that anything between here and octane gives while octane goes on; unless octane's own word comes along. */
function isAmbiguous({ status, code, retryAfterMs }: HttpDetails): boolean {
  if (status === 408) return code !== "user_timeout";
  if (status === 503 && retryAfterMs !== undefined) return false;
  return status >= 500 && code !== "appliance_offline";
}
