import vectors from "@sigil/testing/vectors/spEnvelopes.json" with { type: "json" };
import { describe, expect, test } from "vitest";
import { b64uToBytes, bytesToB64u } from "../encoding/base64url.js";
import { buildSpMessage } from "./buildSpMessage.js";
import { nobleEd25519 } from "./ed25519/nobleEd25519.js";
import { nodeEd25519 } from "./ed25519/nodeEd25519.js";
import { webCryptoEd25519 } from "./ed25519/webCryptoEd25519.js";

describe("buildSpMessage", () => {
  test("default", () => {
    expect(buildSpMessage(new Uint8Array([1, 2]), "ab")).toEqual(new Uint8Array([1, 2, 97, 98]));
  });

  test.each([
    ["0x12", "ab"],
    [new Uint8Array(1), undefined],
    [new Uint8Array(1), "a\ud800"],
  ])("behavior: %j and %j are no payload and address", (payload, address) => {
    expect(() => buildSpMessage(payload as never, address as never)).toThrow(TypeError);
  });

  test.each([
    ["Node", nodeEd25519],
    ["WebCrypto", webCryptoEd25519],
    ["noble", nobleEd25519],
  ])("behavior: signed by %s, it is what OpenSSL signed for the shared vectors", async (_, ed25519) => {
    expect(vectors.length).toBeGreaterThanOrEqual(20);
    for (const { seed, publicKey, payload, address, spSignature } of vectors) {
      const key = await ed25519.importSeed(b64uToBytes(seed));
      expect(bytesToB64u(key.publicKey)).toBe(publicKey);
      expect(bytesToB64u(await key.sign(buildSpMessage(b64uToBytes(payload), address)))).toBe(spSignature);
    }
  });
});
