import { type Answer, answered, describe, refused } from "../Answer.js";
import { decodeAnyhow, encode } from "../bytes.js";
import { type Check, checksOf } from "../Check.js";
import { isByDevice, isByEd25519Key } from "../device.js";
import { isBytes, isText, isTime } from "../forms.js";
import type { Probe } from "../Probe.js";
import { askSign, envelope, postSign, type SignParts, toSign } from "../signing.js";
import { holds, same, Untried, untried, type Verdict } from "../Verdict.js";

type Algo = "secp256k1" | "ed25519";
type Signed = { readonly parts: SignParts; readonly answer: Answer; readonly idempotencyKey: string };

/** What an algorithm's signature looks like. */
const lengths = { secp256k1: [64, 65], ed25519: [64] } as const;

/** One signature of each algorithm, looked at from all sides. */
export const signatures: readonly Check[] = (["secp256k1", "ed25519"] as const).flatMap((algo) => [
  ...checksOf("Routes", [
    [
      `sign.${algo}.200`,
      "A request that the user approves is 200.",
      async (octane) => answered((await tried(octane, algo)).answer, 200),
    ],
    [
      `sign.${algo}.request-id`,
      "The answer has request_id, a text.",
      async (octane) => isText("request_id", (await signed(octane, algo)).answer.body.request_id),
    ],
    [
      `sign.${algo}.signed-at`,
      "signed_at is RFC 3339 text in UTC.",
      async (octane) => isTime("signed_at", (await signed(octane, algo)).answer.body.signed_at),
    ],
  ]),
  ...checksOf("Three signatures for each request", [
    [
      `sign.${algo}.device-bytes`,
      algo === "secp256k1"
        ? "The device's signature has 64 or 65 bytes."
        : "The device's signature has 64 bytes.",
      async (octane) =>
        isBytes(
          "device_signature",
          (await signed(octane, algo)).answer.body.device_signature,
          ...lengths[algo],
        ),
    ],
    [
      `sign.${algo}.device`,
      algo === "secp256k1"
        ? "The device's signature over the payload alone recovers to the address; v is 0, 1, 27 or 28."
        : "The device's signature is by the address's key over the payload alone.",
      async (octane) => byDevice(await signed(octane, algo)),
    ],
    [
      `sign.${algo}.octane`,
      "Octane's signature is Ed25519 over payload ‖ utf8(address).",
      async (octane) => byOctane(octane, await signed(octane, algo)),
    ],
    [
      `sign.${algo}.sp`,
      "The answer repeats the sp_signature of the request.",
      async (octane) => {
        const { parts, answer } = await signed(octane, algo);
        const sent = encode(octane.settings.spSign(envelope(parts.payload, parts.address)));
        return same("sp_signature", sent, answer.body.sp_signature);
      },
    ],
  ]),
]);

/** Signing again under the same key. */
export const signedAgain: readonly Check[] = checksOf("Conventions", [
  [
    "sign.idempotent-replay",
    "A repeated Idempotency-Key gets the first answer, and the user is not asked.",
    async (octane) => {
      const { parts, answer, idempotencyKey } = await signed(octane, "secp256k1");
      const again = await postSign(octane, parts, {}, { idempotencyKey, decideMs: octane.settings.waitMs });
      return same("the first body", answer.text, again.text);
    },
  ],
  [
    "sign.idempotent-other-body",
    "The key is refused for another payload: 400 bad_request.",
    async (octane) => {
      const { idempotencyKey } = await signed(octane, "secp256k1");
      const other = await toSign(octane, "secp256k1");
      return refused(await postSign(octane, other, {}, { idempotencyKey }), 400, "bad_request");
    },
  ],
]);

/** Holds where the device signed. */
export function byDevice({ parts, answer }: Pick<Signed, "parts" | "answer">): Verdict {
  const { device_signature } = answer.body;
  const by = isByDevice(parts.address, parts.payload, decodeAnyhow(device_signature));
  return holds(by, `a signature by ${parts.address} over the payload`, device_signature);
}

/** Holds where octane signed. */
export function byOctane(octane: Probe, { parts, answer }: Pick<Signed, "parts" | "answer">): Verdict {
  const key = octane.settings.octanePublicKey;
  if (key === undefined) return untried("octane's public key is not known: pass --octane-public-key");
  const { octane_signature } = answer.body;
  const signature = decodeAnyhow(octane_signature);
  const by = isByEd25519Key(key, envelope(parts.payload, parts.address), signature);
  return holds(by, "a signature by octane's key over payload ‖ utf8(address)", octane_signature);
}

/** The request and what octane answered, asked once. */
function tried(octane: Probe, algo: Algo): Promise<Signed> {
  return octane.once(`signed ${algo}`, async () => {
    const parts = await toSign(octane, algo);
    const idempotencyKey = crypto.randomUUID();
    const answer = await askSign(octane, parts, {}, "approve", { idempotencyKey });
    return { parts, answer, idempotencyKey };
  });
}

async function signed(octane: Probe, algo: Algo): Promise<Signed> {
  const found = await tried(octane, algo);
  if (found.answer.status === 200) return found;
  throw new Untried(`nothing was signed: ${describe(found.answer)}`);
}
