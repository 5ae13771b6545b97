import { explainDeserialise, explainHttp, explainNetwork } from "../errors/explain.js";
import { ShapeError } from "../errors/ShapeError.js";
import { SignError } from "../errors/SignError.js";
import { TransportError } from "../errors/TransportError.js";
import { decodeErrorCode } from "../wire/errorCode.js";

/** Gives a failure of the layers below its documented form; anything else is left as it is. */
export function toSignError(error: unknown): unknown {
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
      const { status, body } = details;
      const code = decodeErrorCode(body);
      return new SignError(explainHttp("sign", status, code), {
        kind: "http",
        status,
        body,
        ...(code === undefined ? {} : { code }),
      });
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
