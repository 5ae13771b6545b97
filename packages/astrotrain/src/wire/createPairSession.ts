import type { RequestedScope } from "./scope.js";
import { asObject, readOptionalString, readString } from "./shape.js";

/** `POST /sp/pair/sessions`. */
export const createPairSessionPath: readonly string[] = ["sp", "pair", "sessions"];

export type PairSession = {
  readonly session_id: string;
  /** The Universal Link, without a validation code. See `buildPairUri` for the other forms. */
  readonly pair_uri: string;
  /** RFC 3339, UTC. */
  readonly expires_at: string;
  readonly return_url?: string;
};

export function encodeCreatePairSession(request: {
  spUserRef: string;
  requestedScopes: readonly RequestedScope[];
  expiresInSecs: number;
  returnUrl: string | undefined;
  clientMeta: object | undefined;
}): string {
  return JSON.stringify({
    sp_user_ref: request.spUserRef,
    requested_scopes: request.requestedScopes.map(({ chain, access }) => ({ chain, access })),
    expires_in_secs: request.expiresInSecs,
    return_url: request.returnUrl,
    client_meta: request.clientMeta,
  });
}

export function decodePairSession(answer: unknown): PairSession {
  const from = asObject(answer, "the body");
  const return_url = readOptionalString(from, "return_url");
  return {
    session_id: readString(from, "session_id"),
    pair_uri: readString(from, "pair_uri"),
    expires_at: readString(from, "expires_at"),
    ...(return_url === undefined ? {} : { return_url }),
  };
}
