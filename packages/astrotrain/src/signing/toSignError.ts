import { explainDeserialise, explainHttp, explainNetwork } from "../errors/explain.js";
import { ShapeError } from "../errors/ShapeError.js";
import { SignError } from "../errors/SignError.js";
import { TransportError } from "../errors/TransportError.js";
import { httpDetails } from "../wire/httpDetails.js";

/** Gives a failure of the layers below its documented form; anything else is left as it is. */
export function toSignError(error: unknown, apiKey: string): unknown {
  if (error instanceof ShapeError) {
    return new SignError(explainDeserialise("sign", error), { kind: "deserialise", cause: error });
  }
  if (!(error instanceof TransportError)) return error;
  const { details } = error;
  switch (details.kind) {
    case "network": {
      const outcome = details.sent ? "unknown" : "not_sent";
      const advice = details.sent
        ? " The user may have been asked: asking again may prompt twice."
        : " Nothing was sent.";
      return new SignError(explainNetwork("sign", details.cause) + advice, {
        kind: "network",
        cause: details.cause,
        outcome,
      });
    }
    case "http": {
      const http = httpDetails(details, apiKey);
      return new SignError(explainHttp("sign", http.status, http.code), http);
    }
    case "deserialise":
      return new SignError(explainDeserialise("sign", details.cause), {
        kind: "deserialise",
        cause: details.cause,
      });
    case "malformed_sse_frame":
      // Signing reads no stream.
      return error;
  }
}
