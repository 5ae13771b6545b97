import { createHash } from "node:crypto";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex } from "@sigil/astrotrain";
import { figure, isFullRun } from "@sigil/testing/promises";
import { readVectors } from "@sigil/testing/vectors";
import { recover } from "tiny-secp256k1";
import { recoverAddress, serializeSignature } from "viem";
import { expect, test } from "vitest";
import { KnownKeys } from "./KnownKeys.js";
import type { RecoverPublicKey } from "./RecoverPublicKey.js";
import { verifyKnowing } from "./verifyKnowing.js";

const half = secp256k1.Point.Fn.ORDER / 2n;

type Vector = ReturnType<typeof readVectors>[number];

const addressOfVector = ({ key }: Vector): string => bytesToHex(keccak_256(key.subarray(1)).subarray(12));

/** A key as it is known after so many signatures by it, of which none is at hand. */
function knowing(vector: Vector, uses: number): KnownKeys {
  const keys = new KnownKeys();
  keys.learn(addressOfVector(vector), secp256k1.Point.fromBytes(vector.key));
  for (let i = 1; i < uses; i++) keys.find(addressOfVector(vector));
  return keys;
}

type Way = { readonly name: string; readonly of: (vector: Vector) => [KnownKeys, RecoverPublicKey?] };

/** Besides recovering the key in JavaScript. */
const ways: readonly Way[] = [
  { name: "by a known key", of: (vector) => [knowing(vector, 1)] },
  { name: "by tiny-secp256k1", of: () => [new KnownKeys(), recover] },
];
/** It takes longer to make than to be used. */
const byTable: Way = { name: "by a known key's table", of: (vector) => [knowing(vector, 12)] };

test("R18: Wycheproof's 252 cases for secp256k1: nothing invalid is taken, a high s comes out low, and all ways agree", {
  timeout: 60_000,
}, async () => {
  const vectors = readVectors("wycheproofSecp256k1");
  const taken = { valid: 0, invalid: [] as number[], highS: 0 };
  const refused = { invalid: 0, valid: [] as number[] };
  const agreed: Record<string, number> = {};
  for (const [i, vector] of vectors.entries()) {
    const { number, verdict, message, signature } = vector;
    const address = addressOfVector(vector);
    const digest = new Uint8Array(createHash("sha256").update(message).digest());
    const verified = verifyKnowing(new KnownKeys(), digest, signature, address);
    for (const { name, of } of isFullRun() || i % 8 === 0 ? [...ways, byTable] : ways) {
      const [keys, recoverPublicKey] = of(vector);
      const again = verifyKnowing(keys, digest, signature, address, recoverPublicKey);
      expect(again, `case ${number} ${name}`).toEqual(verified);
      agreed[name] = (agreed[name] ?? 0) + 1;
    }
    if (verified === undefined) {
      if (verdict === "valid") refused.valid.push(number);
      else refused.invalid++;
      continue;
    }
    if (verdict === "valid") taken.valid++;
    else taken.invalid.push(number);
    // Appliances may answer with a high s, so those count as valid here; what is handed out is the low one.
    if (BigInt(bytesToHex(signature.subarray(32, 64))) > half) taken.highS++;
    expect(BigInt(verified.s), `case ${number}`).toBeLessThanOrEqual(half);
    const recovered = await recoverAddress({
      hash: bytesToHex(digest),
      signature: serializeSignature(verified),
    });
    expect(recovered.toLowerCase(), `case ${number}`).toBe(address);
  }
  figure(
    "R18",
    `secp256k1, ${vectors.length} cases: taken ${taken.valid} valid (${taken.highS} with a high s, all out low) and ` +
      `${taken.invalid.length} invalid; refused ${refused.invalid} invalid and ${refused.valid.length} valid; the same ` +
      Object.entries(agreed)
        .map(([name, count]) => `${name} in ${count}`)
        .join(", "),
  );
  expect(taken).toEqual({ valid: 165, invalid: [], highS: 70 });
  // In these two the x of R is beyond the curve's order, for which Ethereum has no v: no node could recover the address.
  expect(refused).toEqual({ invalid: 85, valid: [115, 247] });
});
