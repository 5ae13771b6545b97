import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import type { RawRequest } from "./rawOctane.js";
import type { Answered } from "./throughEmulator.js";

/**
 * Octane's part in signing and nothing else, by Node's own Ed25519: an emulator takes ten times as long for a signature,
 * which is too long for ten thousand of them.
 */
export type LeanOctane = {
  /** Base64url, 32 bytes: what a client pins. */
  readonly octanePublicKey: string;
  /** Verifies and decides, under one id only once, as octane does. */
  readonly answer: (request: RawRequest) => Answered;
  readonly isSignatureOver: (payload: Uint8Array, signature: string) => boolean;
  /** Prompts by payload, in base64url. */
  readonly prompts: ReadonlyMap<string, number>;
};

type Asked = { readonly address: string; readonly payload: string; readonly sp_signature: string };

/** @param spPublicKey Base64url: whose requests it takes. */
export function makeLeanOctane(spPublicKey: string): LeanOctane {
  const device = generateKeyPairSync("ed25519");
  const octane = generateKeyPairSync("ed25519");
  const sp = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: spPublicKey }, format: "jwk" });
  const prompts = new Map<string, number>();
  const answers = new Map<string, Answered>();
  const decide = ({ address, payload, sp_signature }: Asked): Answered => {
    const envelope = Buffer.concat([Buffer.from(payload, "base64url"), Buffer.from(address)]);
    if (!verify(null, envelope, sp, Buffer.from(sp_signature, "base64url")))
      return { status: 403, body: "{}" };
    prompts.set(payload, (prompts.get(payload) ?? 0) + 1);
    const device_signature = signature(device.privateKey, Buffer.from(payload, "base64url"));
    const octane_signature = signature(octane.privateKey, envelope);
    const ids = { request_id: `r-${prompts.size}`, signed_at: "2026-01-01T00:00:00Z" };
    return {
      status: 200,
      body: JSON.stringify({ device_signature, octane_signature, sp_signature, ...ids }),
    };
  };
  return {
    octanePublicKey: octane.publicKey.export({ format: "jwk" }).x ?? "",
    answer: ({ head, body }) => {
      const key = /^idempotency-key: *(.*)$/im.exec(head)?.[1] ?? "";
      const answered = answers.get(key) ?? decide(JSON.parse(body) as Asked);
      answers.set(key, answered);
      return answered;
    },
    isSignatureOver: (payload, text) =>
      verify(null, payload, device.publicKey, Buffer.from(text, "base64url")),
    prompts,
  };
}

const signature = (key: KeyObject, message: Uint8Array): string =>
  sign(null, message, key).toString("base64url");
