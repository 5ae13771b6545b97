import { secp256k1 } from "@noble/curves/secp256k1.js";
import { bytesToHex } from "@sigil/astrotrain";
import { addressOf } from "./addressOf.js";
import { type Candidate, parityByRecovering } from "./Candidate.js";
import type { KnownKeys } from "./KnownKeys.js";

type Point = InstanceType<typeof secp256k1.Point>;

const { Fn, BASE } = secp256k1.Point;

/**
 * The parity with which the signature is by `address`, or `undefined`. The key of an address is learnt from the first signature
 * that is by it.
 */
export function parityInJavaScript(
  knownKeys: KnownKeys,
  candidate: Candidate,
  address: string,
): 0 | 1 | undefined {
  const known = knownKeys.find(address);
  if (known !== undefined) return parityUnder(known, candidate);
  return parityByRecovering(candidate, (yParity) => {
    const key = recover(candidate, yParity);
    if (key === undefined || addressOf(key.toBytes(false)) !== address) return false;
    knownKeys.learn(address, key);
    return true;
  });
}

/**
 * The point that the signature is about, worked out from the key (SEC 1 section 4.1.4): it has r for its x, or the signature is not by
 * this key. Where x is beyond the order its remainder may be r; that is no match here, as no v of Ethereum's says so.
 */
function parityUnder(key: Point, { digest, r, s }: Candidate): 0 | 1 | undefined {
  const inverse = Fn.inv(s);
  const u1 = Fn.mul(Fn.create(BigInt(bytesToHex(digest))), inverse);
  const point = BASE.multiplyUnsafe(u1).add(key.multiplyUnsafe(Fn.mul(r, inverse)));
  if (point.is0()) return undefined;
  const { x, y } = point.toAffine();
  if (x !== r) return undefined;
  return (y & 1n) === 1n ? 1 : 0;
}

function recover({ digest, r, s }: Candidate, yParity: 0 | 1): Point | undefined {
  try {
    return new secp256k1.Signature(r, s, yParity).recoverPublicKey(digest);
  } catch {
    // No point has this r, or the key would be the point at infinity.
    return undefined;
  }
}
