import vectors from "@sigil/testing/vectors/spEnvelopes.json" with { type: "json" };
import { describe, expect, test } from "vitest";
import { decode } from "../../test/client.js";
import { createVerifier } from "../internal/ed25519.js";
import { envelopeOf } from "./envelope.js";

/** The same bytes, but for one bit of the last of them. */
const changed = (bytes: Uint8Array) =>
  bytes.map((byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte));

describe("envelopeOf", () => {
  test("default", () => {
    expect(envelopeOf(Uint8Array.of(1, 2), "ab")).toEqual(Uint8Array.of(1, 2, 97, 98));
  });

  test("behavior: what OpenSSL signed for the shared vectors verifies, and nothing else does", async () => {
    expect(vectors.length).toBeGreaterThanOrEqual(20);
    for (const vector of vectors) {
      const { address } = vector;
      const [payload, signature] = [decode(vector.payload), decode(vector.spSignature)];
      const verify = createVerifier(decode(vector.publicKey));
      const [last, recased] = [changed(signature), address.toLowerCase()];
      const first = signature.map((byte, index) => (index === 0 ? byte ^ 1 : byte));
      expect(await verify(signature, envelopeOf(payload, address))).toBe(true);
      for (const forged of [first, last]) {
        expect(await verify(forged, envelopeOf(payload, address))).toBe(false);
      }
      if (payload.length > 0)
        expect(await verify(signature, envelopeOf(changed(payload), address))).toBe(false);
      expect(await verify(signature, envelopeOf(Uint8Array.of(...payload, 0), address))).toBe(false);
      expect(await verify(signature, envelopeOf(payload, `${address.slice(0, -1)}!`))).toBe(false);
      if (recased !== address) expect(await verify(signature, envelopeOf(payload, recased))).toBe(false);
    }
  });
});
