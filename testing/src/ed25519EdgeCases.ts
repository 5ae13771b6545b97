import { createHash } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";

/** A signature whose key or R is out of the ordinary, and why. */
export type EdgeCase = {
  readonly key: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  /** By its build, not by any verifier: neither point is of small order, and S·B = R + k·A without the cofactor. */
  readonly strict: boolean;
};

/** A point `scalar`·B + `torsion`·T, T of order eight, in one of its encodings. */
type Encoding = {
  readonly scalar: bigint;
  readonly torsion: number;
  readonly bytes: Uint8Array;
  readonly canonical: Uint8Array;
};

const { Point } = ed25519;
const order = Point.Fn.ORDER;
const p = 2n ** 255n - 19n;
const generator = Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
const torsions = Array.from({ length: 8 }, (_, i) =>
  i === 0 ? Point.ZERO : generator.multiplyUnsafe(BigInt(i)),
);

/** The eight points of small order in their fourteen encodings. */
export function smallOrderEncodings(): readonly Uint8Array[] {
  return lowOrder().map(({ bytes }) => bytes);
}

/**
 * Every pair of the 22 encodings that a key and an R can have: fourteen of small order, and eight that are a point of
 * prime order plus one of small order. Each pair once where the small orders cancel out and once where they don't, if
 * both can be; and once more with k over the canonical encodings, where the given ones are not.
 */
export function ed25519EdgeCases(): readonly EdgeCase[] {
  const keys = [...lowOrder(), ...mixedOrder(scalarOf("key"))];
  const rs = [...lowOrder(), ...mixedOrder(scalarOf("R"))];
  return keys.flatMap((a) =>
    rs.flatMap((r) => [
      ...casesOf(a, r, false),
      ...(isCanonical(a) && isCanonical(r) ? [] : casesOf(a, r, true)),
    ]),
  );
}

function casesOf(a: Encoding, r: Encoding, reencoded: boolean): readonly EdgeCase[] {
  return [true, false].flatMap((cancels) => {
    for (let i = 0; i < 100; i++) {
      const message = new TextEncoder().encode(`edge case ${i}`);
      const k = reencoded
        ? challenge(r.canonical, a.canonical, message)
        : challenge(r.bytes, a.bytes, message);
      if (((BigInt(r.torsion) + k * BigInt(a.torsion)) % 8n === 0n) !== cancels) continue;
      const s = (r.scalar + k * a.scalar) % order;
      const strict = a.scalar !== 0n && r.scalar !== 0n && cancels;
      return [{ key: a.bytes, message, signature: new Uint8Array([...r.bytes, ...littleEndian(s)]), strict }];
    }
    return [];
  });
}

/** A field element may be written as y or as y + p where that fits, and an x of zero with either sign. */
function lowOrder(): readonly Encoding[] {
  return torsions.flatMap((point, torsion) => {
    const canonical = point.toBytes();
    const { x, y } = point.toAffine();
    const ys = y + p < 2n ** 255n ? [y, y + p] : [y];
    const signs = x === 0n ? [0n, 1n] : [x & 1n];
    return ys.flatMap((each) =>
      signs.map((sign) => ({
        scalar: 0n,
        torsion,
        bytes: littleEndian(each + sign * 2n ** 255n),
        canonical,
      })),
    );
  });
}

const mixedOrder = (scalar: bigint): readonly Encoding[] =>
  torsions.map((point, torsion) => {
    const bytes = Point.BASE.multiply(scalar).add(point).toBytes();
    return { scalar, torsion, bytes, canonical: bytes };
  });

const isCanonical = ({ bytes, canonical }: Encoding): boolean => Buffer.compare(bytes, canonical) === 0;

const challenge = (r: Uint8Array, a: Uint8Array, message: Uint8Array): bigint =>
  fromLittleEndian(createHash("sha512").update(r).update(a).update(message).digest()) % order;

const scalarOf = (label: string): bigint =>
  fromLittleEndian(createHash("sha512").update(label).digest()) % order;

const fromLittleEndian = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);

const littleEndian = (value: bigint): Uint8Array =>
  new Uint8Array(Buffer.from(value.toString(16).padStart(64, "0"), "hex")).reverse();
