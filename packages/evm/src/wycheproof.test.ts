import { createHash } from "node:crypto";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex } from "@sigil/astrotrain";
import { figure } from "@sigil/testing/promises";
import { readVectors } from "@sigil/testing/vectors";
import { recoverAddress, serializeSignature } from "viem";
import { expect, test } from "vitest";
import { verifySecp256k1 } from "./verifySecp256k1.js";

const half = secp256k1.Point.Fn.ORDER / 2n;

test("R18: Wycheproof's 252 cases for secp256k1: nothing invalid is taken, and a high s comes out low", {
  timeout: 60_000,
}, async () => {
  const vectors = readVectors("wycheproofSecp256k1");
  const taken = { valid: 0, invalid: [] as number[], highS: 0 };
  const refused = { invalid: 0, valid: [] as number[] };
  for (const { number, verdict, key, message, signature } of vectors) {
    const address = bytesToHex(keccak_256(key.subarray(1)).subarray(12));
    const digest = new Uint8Array(createHash("sha256").update(message).digest());
    const verified = verifySecp256k1(digest, signature, address);
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
      `${taken.invalid.length} invalid; refused ${refused.invalid} invalid and ${refused.valid.length} valid`,
  );
  expect(taken).toEqual({ valid: 165, invalid: [], highS: 70 });
  // In these two the x of R is beyond the curve's order, for which Ethereum has no v: no node could recover the address.
  expect(refused).toEqual({ invalid: 85, valid: [115, 247] });
});
