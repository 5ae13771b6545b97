import type { SignError } from "@sigil/astrotrain";
import { answer } from "../answer.js";
import { Refusal } from "../Refusal.js";
import type { Settings } from "../readConfig.js";
import type { SignGrant } from "../SigilProxyConfig.js";
import { rateLimited } from "../toRefusal.js";
import { readAsk } from "./readAsk.js";

/**
 * Has a payload signed by the wallet that the SP's record says is this user's. The answer leaves out the signatures by
 * the SP and by octane: together with the API key they would be good for asking again.
 */
export async function sign(settings: Settings, request: Request, userId: string): Promise<Response> {
  if (settings.sign === undefined) throw new Refusal("not_found");
  const { ask, address, pairId } = await readAsk(request, userId);
  const { signal } = request;
  const grant = await settings.sign.authorize(request, ask);
  if (grant === null || grant === undefined) throw new Refusal("sign_denied");
  // A page that expects another wallet must not get a signature that it would take for that wallet's.
  if (isOther(spelled(address), spelled(grant.address)) || isOther(pairId, grant.pairId))
    throw new Refusal("sign_denied");
  const { payload, algo, chain } = ask;
  const wallet = { address: grant.address, pairId: grant.pairId };
  const signed = await signBy(grant, { ...wallet, payload, algo, chain, signal }, settings);
  const { device_signature, request_id, signed_at } = signed;
  return answer(200, { device_signature, request_id, signed_at });
}

type Sign = SignGrant["client"]["sign"];

async function signBy(
  { client }: SignGrant,
  request: Parameters<Sign>[0],
  { report }: Settings,
): ReturnType<Sign> {
  try {
    return await client.sign(request);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) report(error);
    throw refusal ?? new Refusal("upstream_failed");
  }
}

const isOther = (given: unknown, own: unknown): boolean => given !== undefined && given !== own;

/** In an EVM address the case of letters is but a checksum; in Solana's it tells addresses apart. */
const spelled = (address: unknown): unknown =>
  typeof address === "string" && /^0x[0-9a-f]{40}$/i.test(address) ? address.toLowerCase() : address;

type HttpError = Extract<SignError, { readonly kind: "http" }>;

/** What the user did is told to them; all else is between the SP and octane. */
function refusalOf(error: unknown): Refusal | undefined {
  const { kind, code, status, outcome, retryAfterMs } = error as Partial<HttpError>;
  if (kind !== "http") return undefined;
  // Without an outcome it is octane's own word, and nobody was asked.
  if (status === 429 && outcome === undefined) return rateLimited(retryAfterMs);
  if (code === "user_rejected" || code === "user_timeout") return new Refusal(code);
  return code === "policy_denied" || code === "scope_denied" ? new Refusal("sign_denied") : undefined;
}
