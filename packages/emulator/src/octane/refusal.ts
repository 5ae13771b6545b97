/**
 * Every refusal of the protocol page with its status, in the order in which octane decides them. The three at the end
 * are this emulator's own.
 */
export const refusals = {
  unauthorized: 401,
  body_too_large: 413,
  unsupported_media_type: 415,
  bad_json: 400,
  bad_request: 400,
  unknown_chain: 400,
  expires_out_of_range: 400,
  payload_length: 400,
  not_found: 404,
  pair_id_required: 400,
  bad_sp_signature: 403,
  pair_revoked: 403,
  pair_pending: 403,
  scope_denied: 403,
  policy_denied: 403,
  return_origin_denied: 403,
  wrong_validation_code: 403,
  user_rejected: 403,
  user_timeout: 408,
  rate_limited: 429,
  appliance_offline: 503,
  method_not_allowed: 405,
  host_denied: 403,
  internal_error: 500,
} as const;

/** The `error.code` of a refusal. */
export type RefusalCode = keyof typeof refusals;

/** A request octane does not grant. Thrown by whatever finds out, made into an answer in one place. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: RefusalCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.headers = headers;
  }

  /** The HTTP status that goes with the code. */
  get status(): number {
    return refusals[this.code];
  }
}

/** The body of a refusal, as the protocol page has it. */
export type RefusalBody = {
  readonly error: { readonly code: RefusalCode; readonly message: string };
  readonly request_id: string;
};

/** Puts a refusal into the form that travels. */
export function refusalBody(refusal: Refusal, requestId: string): RefusalBody {
  return { error: { code: refusal.code, message: refusal.message }, request_id: requestId };
}
