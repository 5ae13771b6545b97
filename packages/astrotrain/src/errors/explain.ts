import { isBlockedPort } from "./blockedPort.js";
import { isRedirectRefusal } from "./redirectRefused.js";

/** What to do next, for each code octane may answer with. */
const nextStep: Readonly<Record<string, string>> = {
  unauthorized: "Check the API key.",
  body_too_large: "Send a smaller payload.",
  unknown_chain: "Use one of octane's chain names, such as ethereum or solana.",
  expires_out_of_range: "Ask for 1 to 600 whole seconds.",
  payload_length: "For secp256k1 send the 32-byte digest.",
  not_found: "Check the id or address: it is unknown, or belongs to another service provider.",
  pair_id_required: "The address is in two active pairs: pass pairId.",
  bad_sp_signature: "Check that the seed belongs to the signing key registered for this API key.",
  pair_revoked: "The pairing was revoked: pair again.",
  pair_pending: "Call validateSpKey with the validation code first.",
  scope_denied: "The user did not grant this pair that wallet or chain: pair again and ask for it.",
  policy_denied: "Octane's policy refuses this request.",
  return_origin_denied: "Have the origin of returnUrl added to the allowed return origins.",
  wrong_validation_code:
    "Use the code minted for this session; after three wrong codes the pairing is revoked.",
  user_rejected: "The user declined on the appliance.",
  user_timeout: "The user did not answer in time: ask again when they are ready.",
  rate_limited: "Wait for retryAfterMs, then ask again.",
  appliance_offline: "Ask the user to switch the appliance on.",
};

const nextStepByStatus = (status: number): string => {
  if (status === 401 || status === 403) return "Check the API key and what the pair may do.";
  if (status === 404) return "Check octaneUrl and the ids.";
  if (status >= 500) return "Octane, or something before it, failed.";
  return "See status and body.";
};

/**
 * `octane answered 403 pair_pending. Call validateSpKey …`. `reason` is octane's own, without secrets and cleaned: for codes
 * that say too little by themselves.
 */
export function explainHttp(
  call: string,
  status: number,
  code: string | undefined,
  reason?: string | undefined,
): string {
  const answered = `${call} failed: octane answered ${status}${code === undefined ? "" : ` ${code}`}.`;
  const known = code !== undefined && Object.hasOwn(nextStep, code) ? nextStep[code] : undefined;
  const said = reason === undefined ? undefined : `It says: ${reason}`;
  return `${answered} ${known ?? said ?? nextStepByStatus(status)}`;
}

/** `cause` goes along as the error's own cause, so its text, which may hold anything, is not repeated here. */
export function explainNetwork(call: string, cause: unknown, sent = true): string {
  const name = readField(cause, "name");
  if (name === "TimeoutError" && !sent)
    return `${call} failed: the time was up before the request could leave. Raise timeoutMs; if many users are being asked, maxConcurrency; and see that your signer answers.`;
  if (name === "TimeoutError")
    return `${call} failed: octane gave no answer in time. Raise timeoutMs if that was too short.`;
  if (name === "AbortError") return `${call} was aborted by its signal.`;
  if (isRedirectRefusal(cause)) {
    return `${call} failed: octane answered with a redirect, which is refused. Give the final address as octaneUrl.`;
  }
  if (isBlockedPort(cause))
    return `${call} failed: octaneUrl has a port that fetch blocks. Give octane another port.`;
  if (runtimeTimeouts.has(readField(readField(cause, "cause"), "code"))) {
    return `${call} failed: this runtime's fetch gave up before timeoutMs did (Node's own after 300 s). Pass a fetch that waits longer.`;
  }
  return `${call} failed: no answer from octane. See cause; check octaneUrl and the network.`;
}

/** The codes under which undici, Node's fetch, ends a call by its own clock. */
const runtimeTimeouts: ReadonlySet<unknown> = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

const readField = (value: unknown, field: string): unknown =>
  (value as Record<string, unknown> | null | undefined)?.[field];

export function explainDeserialise(call: string, cause: unknown): string {
  const what = cause instanceof Error ? ` ${cause.message}.` : "";
  return `${call} failed: octane's answer is not what the protocol says.${what} Check that octaneUrl points at octane.`;
}
