import { DeviceKey } from "../../appliance/deviceKey.js";
import { fromBase64Url, toBase64Url } from "../../encoding/base64url.js";
import { toUtf8 } from "../../encoding/utf8.js";
import type { Algo } from "../../link/chains.js";
import { envelopeOf } from "../../octane/envelope.js";
import { oneOf } from "../checks.js";
import { complete, headOf } from "../heads.js";
import type { Kind } from "../Kind.js";

/**
 * Octane's own answer, but one signature in it is another key's, over the same bytes. `"device"` on `sign` and
 * `validateSpKey`, the others on `sign`.
 */
export type WrongKey = { readonly kind: "wrongKey"; readonly party: "device" | "octane" | "sp" };

/** What the fault needs to know of the request, which the real handler has found right. */
type Asked = {
  readonly address: string;
  readonly payload: string;
  readonly algo: Algo;
  readonly code: string;
};

export const wrongKey: Kind<WrongKey> = {
  fields: { party: oneOf("device", "octane", "sp") },
  routes: ({ party }) => (party === "device" ? ["validateSpKey", "sign"] : ["sign"]),
  deliver: async ({ party }, { route, request, handle }) => {
    const text = await request.text();
    const { url, method, headers } = request;
    const response = await handle(new Request(url, { method, headers, body: text }));
    const answer = await response.text();
    const body = response.ok
      ? JSON.stringify({
          ...JSON.parse(answer),
          ...(await forged(party, route === "sign", JSON.parse(text))),
        })
      : answer;
    return { head: headOf(response), body: toUtf8(body), ending: complete };
  },
};

async function forged(
  party: WrongKey["party"],
  signing: boolean,
  asked: Asked,
): Promise<Record<string, string>> {
  if (!signing) return { signature: await otherSignature("ed25519", toUtf8(asked.code)) };
  const payload = fromBase64Url(asked.payload) ?? new Uint8Array();
  if (party === "device") return { device_signature: await otherSignature(asked.algo, payload) };
  return { [`${party}_signature`]: await otherSignature("ed25519", envelopeOf(payload, asked.address)) };
}

/** By a key that nobody else has, the same each time. */
async function otherSignature(algo: Algo, message: Uint8Array): Promise<string> {
  return toBase64Url(await new DeviceKey(algo, new Uint8Array(32).fill(0x77)).sign(message));
}
