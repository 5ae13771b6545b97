import { ConfigError } from "../errors/ConfigError.js";
import { checkOneOf, checkOptions, checkText } from "../internal/arguments.js";
import { type NamesOf, refuseMisspelt } from "../internal/refuseMisspelt.js";
import { uuid } from "../internal/uuid.js";
import { callJson } from "../transport/callJson.js";
import {
  createPairSessionPath,
  decodePairSession,
  encodeCreatePairSession,
  type PairSession,
} from "../wire/createPairSession.js";
import { isRefusal } from "../wire/isRefusal.js";
import { type RequestedScope, scopeAccesses } from "../wire/scope.js";
import { type PairingOptions, pairCall, requestTimeoutMs } from "./pairCall.js";

export type CreatePairSessionOptions = PairingOptions & {
  /** Your own name for the user, shown in the phone app and given back with the result. */
  readonly spUserRef: string;
  /** At least one. The user may grant all, some or none. */
  readonly requestedScopes: readonly RequestedScope[];
  /** How long the user has: whole seconds from 1 to 600. @defaultValue 300 */
  readonly expiresInSecs?: number | undefined;
  /** Where the phone goes after approval: https, its origin on the SP's allow-list. */
  readonly returnUrl?: string | undefined;
  /** A JSON object kept with the session. */
  readonly clientMeta?: object | undefined;
};

/**
 * Opens a pairing session (`POST /sp/pair/sessions`). Show the user `pair_uri`, or one that {@link buildPairUri}
 * makes, and wait with {@link awaitPairResult}.
 *
 * @throws RangeError when `expiresInSecs` is not a whole number from 1 to 600; no request leaves.
 * @throws ConfigError when another argument is wrong; no request leaves.
 * @throws PairError of kind `network` (time-out after 30 s by default), `http` or `deserialise`.
 * @example
 * ```ts
 * const session = await createPairSession({
 *   octaneUrl,
 *   apiKey,
 *   spUserRef: "user-42",
 *   requestedScopes: [{ chain: "ethereum", access: "sign" }],
 * });
 * ```
 */
export async function createPairSession(options: CreatePairSessionOptions): Promise<PairSession> {
  checkOptions(options);
  refuseMisspelt(options, sessionNames);
  const body = encodeCreatePairSession({
    spUserRef: checkText("spUserRef", options.spUserRef, 1024),
    requestedScopes: checkScopes(options.requestedScopes),
    expiresInSecs: checkExpiry(options.expiresInSecs),
    returnUrl: checkReturnUrl(options.returnUrl),
    clientMeta: checkClientMeta(options.clientMeta),
  });
  const request = { method: "POST", path: createPairSessionPath, body, idempotencyKey: uuid() } as const;
  return pairCall("createPairSession", options, requestTimeoutMs, async (endpoint, attempt) =>
    decodePairSession(await callJson(endpoint, request, attempt, { isOwn: isRefusal })),
  );
}

/** Most of them are optional, so that nobody would miss one. */
const sessionNames: NamesOf<Omit<CreatePairSessionOptions, keyof PairingOptions>> = {
  ...{ spUserRef: true, requestedScopes: true, expiresInSecs: true, returnUrl: true, clientMeta: true },
};

function checkScopes(scopes: unknown): readonly RequestedScope[] {
  if (!Array.isArray(scopes) || scopes.length === 0) {
    throw new ConfigError(
      "requestedScopes",
      'must be a non-empty array such as [{ chain: "ethereum", access: "sign" }].',
    );
  }
  // Array.from sees the holes of a sparse array, which map passes over.
  return Array.from(scopes, (scope: Partial<RequestedScope> | null | undefined, i) => ({
    chain: checkText(`requestedScopes[${i}].chain`, scope?.chain, 64),
    access: checkOneOf(`requestedScopes[${i}].access`, scope?.access, scopeAccesses),
  }));
}

function checkExpiry(expiresInSecs: number | undefined): number {
  if (expiresInSecs === undefined) return 300;
  if (!Number.isInteger(expiresInSecs) || expiresInSecs < 1 || expiresInSecs > 600) {
    throw new RangeError("expiresInSecs: must be a whole number of seconds from 1 to 600.");
  }
  return expiresInSecs;
}

function checkReturnUrl(returnUrl: unknown): string | undefined {
  if (returnUrl === undefined) return undefined;
  const text = checkText("returnUrl", returnUrl, 2048);
  // The parser would strip white space and turn backslashes into slashes, and so send the phone elsewhere.
  const url = /[\s\p{Cc}\\]/u.test(text) || !/^https:\/\/[^/]/i.test(text) ? null : parseUrl(text);
  if (url === null || url.username !== "" || url.password !== "") {
    throw new ConfigError(
      "returnUrl",
      "must be an https URL without user name, password, white space or backslash.",
    );
  }
  return text;
}

function checkClientMeta(clientMeta: unknown): object | undefined {
  if (clientMeta === undefined) return undefined;
  if (!isPlainObject(clientMeta)) throw new ConfigError("clientMeta", "must be a plain object.");
  try {
    // What is checked is what is sent: a copy that nobody can change any more.
    return JSON.parse(JSON.stringify(clientMeta)) as object;
  } catch {
    throw new ConfigError("clientMeta", "must be JSON: no bigint, no circle.");
  }
}

/** Of any realm: its prototype is null or one that has none itself. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null || "toJSON" in value) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

// URL.parse is missing before Node 22.
function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
