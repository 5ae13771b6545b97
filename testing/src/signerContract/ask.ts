import { verifyEd25519 } from "./ed25519.js";
import { serviceProvider } from "./keys.js";

/** A sign request as it arrived. */
export type Ask = {
  readonly address: string;
  readonly payload: Uint8Array;
  readonly algo: string;
  readonly spSignature: string;
  readonly pairId: unknown;
  readonly apiKey: string | undefined;
  readonly idempotencyKey: string | null;
  /** Aborted once the caller hangs up. */
  readonly signal: AbortSignal;
  /** What the protocol does not allow about it; empty when all is well. */
  readonly faults: readonly string[];
};

type Body = Readonly<Record<string, unknown>>;

const known = ["address", "payload", "algo", "sp_signature", "pair_id", "chain"];

export async function readAsk(request: Request, signal: AbortSignal): Promise<Ask> {
  const body = (await request.json()) as Body;
  const { address, algo, pair_id: pairId, sp_signature: spSignature } = body;
  const payload = fromBase64Url(body.payload);
  const ask = {
    address: String(address),
    payload: payload ?? new Uint8Array(),
    algo: String(algo),
    spSignature: String(spSignature),
    pairId,
    apiKey: /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1],
    idempotencyKey: request.headers.get("idempotency-key"),
    signal,
  };
  const rules: readonly (readonly [fault: string, holds: boolean])[] = [
    ["not POST …/sp/sign", request.method === "POST" && /\/sp\/sign$/.test(new URL(request.url).pathname)],
    ["not sent as JSON", /^application\/json\b/.test(request.headers.get("content-type") ?? "")],
    ["a field that the protocol does not have", Object.keys(body).every((field) => known.includes(field))],
    ["payload is not base64url without padding", payload !== undefined],
    ["payload is not a 32-byte digest", algo !== "secp256k1" || payload?.length === 32],
    ["no idempotency key", ask.idempotencyKey !== null],
    ["sp_signature is not over payload ‖ address", signedBySp(ask)],
  ];
  return { ...ask, faults: rules.filter(([, holds]) => !holds).map(([fault]) => fault) };
}

/** What the service provider and octane sign: payload ‖ utf8(address). */
export const envelopeOf = ({ payload, address }: Pick<Ask, "payload" | "address">): Uint8Array =>
  new Uint8Array([...payload, ...new TextEncoder().encode(address)]);

function signedBySp(ask: Pick<Ask, "payload" | "address" | "spSignature">): boolean {
  const signature = fromBase64Url(ask.spSignature);
  if (signature?.length !== 64) return false;
  return verifyEd25519(signature, envelopeOf(ask), serviceProvider.publicKey);
}

/** Without padding, as the protocol has it. */
function fromBase64Url(text: unknown): Uint8Array | undefined {
  if (typeof text !== "string" || !/^[\w-]*$/.test(text)) return undefined;
  return new Uint8Array(Buffer.from(text, "base64url"));
}
