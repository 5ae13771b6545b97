import { explainDeserialise, explainHttp, explainNetwork } from "../errors/explain.js";
import { PairError } from "../errors/PairError.js";
import { apiKeySecret, type Secret } from "../errors/Secret.js";
import { ShapeError } from "../errors/ShapeError.js";
import { TransportError } from "../errors/TransportError.js";
import { withoutSecrets } from "../errors/withoutSecrets.js";
import type { CallOptions } from "../internal/CallOptions.js";
import { type NamesOf, refuseMisspelt } from "../internal/refuseMisspelt.js";
import { type Attempt, checkLimits, withDeadline } from "../transport/deadline.js";
import { type Endpoint, toEndpoint } from "../transport/endpoint.js";
import { httpDetails, reasonOf } from "../wire/httpDetails.js";

/** Who asks, and where. Every pairing call takes these. */
export type PairingOptions = CallOptions & {
  /** `https://…`, or `http://` for loopback, or a path such as `/api` behind a proxy, in a browser. */
  readonly octaneUrl: string;
  /** The SP's bearer key. Behind a proxy any word: the proxy puts the real one in its place. */
  readonly apiKey: string;
};

/** Runs one pairing call within its limits and gives its failures the documented form. */
export async function pairCall<T>(
  call: string,
  options: PairingOptions,
  /** `undefined` for waits on a person: none but the caller's. */
  defaultTimeoutMs: number | undefined,
  run: (endpoint: Endpoint, attempt: Attempt) => Promise<T>,
  /** What no error may show, besides the API key. */
  secrets: readonly Secret[] = [],
): Promise<T> {
  refuseMisspelt(options, pairingNames);
  const endpoint = toEndpoint(options);
  checkLimits(options);
  const limits = { signal: options.signal, timeoutMs: options.timeoutMs ?? defaultTimeoutMs };
  try {
    return await withDeadline(limits, (attempt) => run(endpoint, attempt));
  } catch (error) {
    throw toPairError(call, error, [...secrets, apiKeySecret(endpoint.apiKey)]);
  }
}

const pairingNames: NamesOf<PairingOptions> = {
  ...{ octaneUrl: true, apiKey: true, fetch: true, signal: true, timeoutMs: true },
};

/** For calls that octane answers by itself. */
export const requestTimeoutMs = 30_000;

function toPairError(call: string, error: unknown, secrets: readonly Secret[]): unknown {
  if (error instanceof ShapeError) {
    return new PairError(explainDeserialise(call, error), { kind: "deserialise", cause: error });
  }
  if (!(error instanceof TransportError)) return error;
  const { details } = error;
  switch (details.kind) {
    case "network": {
      const cause = details.foreign ? withoutSecrets(details.cause, secrets) : details.cause;
      return new PairError(explainNetwork(call, cause), { kind: "network", cause });
    }
    case "http": {
      const http = httpDetails(details, secrets);
      return new PairError(explainHttp(call, http.status, http.code, reasonOf(http)), http);
    }
    case "deserialise":
      return new PairError(explainDeserialise(call, details.cause), {
        kind: "deserialise",
        cause: details.cause,
      });
    case "malformed_sse_frame":
      return new PairError(`${call} failed: an event in octane's stream is not a JSON object with a kind.`, {
        kind: "malformed_sse_frame",
      });
  }
}
