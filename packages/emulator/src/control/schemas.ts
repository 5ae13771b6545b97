/** What the control API answers with, as JSON Schemas. */
import { chains } from "../link/chains.js";
import type { Schema } from "./shapes.js";

type Properties = Readonly<Record<string, Schema>>;

/** An object that has all of these, and perhaps more. */
export function record(properties: Properties, more: Properties = {}): Schema {
  return { type: "object", properties: { ...properties, ...more }, required: Object.keys(properties) };
}

/** A list of such. */
export function listOf(items: Schema): Schema {
  return { type: "array", items };
}

export const string: Schema = { type: "string" };
export const number: Schema = { type: "number" };
export const boolean: Schema = { type: "boolean" };
const chain: Schema = { type: "string", enum: chains };
export const strings: Schema = listOf(string);
export const anyObject: Schema = { type: "object" };

const wallet: Properties = { chain, wallet_index: number, address: string };
const sp: Schema = record(
  { id: string, name: string, public_key: string },
  { logo: string, homepage: string },
);
export const binding: Schema = record({ ...wallet, access: string });

export const card: Schema = record(
  {
    session_id: string,
    sp,
    sp_user_ref: string,
    requested_scopes: listOf(record({ chain, access: string })),
    expires_at: string,
    has_code: boolean,
  },
  { return_url: string },
);

export const session: Schema = record({
  session_id: string,
  sp_id: string,
  sp_user_ref: string,
  requested_scopes: listOf(record({ chain, access: string })),
  expires_at: string,
  pair_uri: string,
});

const request: Schema = record(
  {
    request_id: string,
    pair_id: string,
    sp,
    sp_user_ref: string,
    address: string,
    algo: string,
    payload: string,
    decoded: record({ kind: string }),
    waiting_since_ms: number,
  },
  { chain },
);

const pair: Schema = record({
  pair_id: string,
  sp,
  sp_user_ref: string,
  bindings: listOf(binding),
  state: { type: "string", enum: ["pending", "active", "revoked"] },
  wrong_codes: number,
});

export const appliance: Schema = record({
  id: string,
  name: string,
  online: boolean,
  wallets: listOf(record(wallet)),
  cards: listOf(card),
  requests: listOf(request),
  pairs: listOf(pair),
  prompts: record({ pair: number, sign: number }),
});

export const serviceProvider: Schema = record(
  {
    id: string,
    role: string,
    name: string,
    allowed_return_origins: strings,
    supported_chains: listOf(chain),
    api_keys: listOf(record({ id: string, last_four: string, created_at: string })),
    signing_keys: listOf(record({ public_key: string, created_at: string })),
  },
  { logo: string, homepage: string, rate_limit: record({ requests: number, perMs: number }) },
);

export const policy: Schema = record({
  supportedChains: listOf(chain),
  rateLimit: { type: ["object", "null"] },
  maxWrongCodes: number,
  userTimeoutMs: number,
});

export const fault: Schema = record({ id: string, rule: anyObject, hits: number });
export const clock: Schema = record({ now: number, at: string });

export const exchange: Schema = record(
  {
    id: number,
    at: string,
    method: string,
    url: string,
    request: record({ headers: anyObject, body: string }),
    response: record({}, { status: number, headers: anyObject, body: string, ended: string }),
    tookMs: number,
  },
  { sp: string },
);

/** The body of every refusal. */
export const error: Schema = record({ error: record({ code: string, message: string }) });
