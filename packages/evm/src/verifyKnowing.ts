import { secp256k1 } from "@noble/curves/secp256k1.js";
import { bytesToHex, hexToBytes } from "@sigil/astrotrain";
import { addressOf } from "./addressOf.js";
import { type Candidate, parityByRecovering } from "./Candidate.js";
import type { KnownKeys } from "./KnownKeys.js";
import { parityInJavaScript } from "./parityInJavaScript.js";
import type { RecoverPublicKey } from "./RecoverPublicKey.js";

/** A signature in the one form that nodes, contracts and host libraries all take: s in the lower half (EIP-2). */
export type VerifiedSignature = {
  /** 32 bytes. */
  readonly r: `0x${string}`;
  /** 32 bytes, at most half the curve's order. */
  readonly s: `0x${string}`;
  /** Which of the two points with this r it is: the parity of its y. */
  readonly yParity: 0 | 1;
};

const { Fn } = secp256k1.Point;

/** `verifySecp256k1`, with the keys that it knows and learns. */
export function verifyKnowing(
  knownKeys: KnownKeys,
  digest: Uint8Array,
  signature: Uint8Array,
  address: string,
  recoverPublicKey?: RecoverPublicKey,
): VerifiedSignature | undefined {
  if (digest.length !== 32 || (signature.length !== 64 && signature.length !== 65)) return undefined;
  const r = toBigInt(signature.subarray(0, 32));
  const givenS = toBigInt(signature.subarray(32, 64));
  const high = givenS > Fn.ORDER / 2n;
  const s = high ? Fn.ORDER - givenS : givenS;
  if (!Fn.isValidNot0(r) || !Fn.isValidNot0(s)) return undefined;
  // The other s goes with the mirrored point, so that a hint for the one is reversed for the other.
  const candidate = { digest, r, s, claimed: hintOf(signature) ^ Number(high) };
  const wanted = address.toLowerCase();
  const yParity =
    recoverPublicKey === undefined
      ? parityInJavaScript(knownKeys, candidate, wanted)
      : parityByEither(recoverPublicKey, knownKeys, candidate, wanted);
  return yParity === undefined ? undefined : { r: toHex(r), s: toHex(s), yParity };
}

/** The parity that v claims: 0 and 27 are even, 1 and 28 odd. */
function hintOf(signature: Uint8Array): number {
  const v = signature[64] ?? 0;
  return v === 1 || v === 28 ? 1 : 0;
}

/** An accelerator that cannot say, such as one whose WASM is not loaded yet, must not make an honest signature a lie. */
function parityByEither(
  recoverPublicKey: RecoverPublicKey,
  knownKeys: KnownKeys,
  candidate: Candidate,
  address: string,
): 0 | 1 | undefined {
  try {
    return parityByAccelerator(recoverPublicKey, candidate, address);
  } catch {
    return parityInJavaScript(knownKeys, candidate, address);
  }
}

function parityByAccelerator(
  recoverPublicKey: RecoverPublicKey,
  candidate: Candidate,
  address: string,
): 0 | 1 | undefined {
  return parityByRecovering(candidate, (yParity) => {
    const key = recoverGiven(recoverPublicKey, candidate, yParity);
    return key !== undefined && addressOf(key) === address;
  });
}

/** Whatever another one's function answers: a key has 65 bytes and begins with 4 (SEC 1 section 2.3.3). */
function recoverGiven(
  recoverPublicKey: RecoverPublicKey,
  { digest, r, s }: Candidate,
  yParity: 0 | 1,
): Uint8Array | undefined {
  const signature = hexToBytes(toHex(r) + toHex(s).slice(2));
  const key = recoverPublicKey(digest.slice(), signature, yParity, false);
  return key?.length === 65 && key[0] === 4 ? key : undefined;
}

const toBigInt = (bytes: Uint8Array): bigint => BigInt(bytesToHex(bytes));

const toHex = (scalar: bigint): `0x${string}` =>
  bytesToHex(hexToBytes(scalar.toString(16).padStart(64, "0")));
