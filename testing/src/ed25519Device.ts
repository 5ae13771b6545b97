import { ed25519 } from "@noble/curves/ed25519.js";

/** A test key that everyone may know: a seed of one repeated byte. */
export const ed25519Seed: Uint8Array = new Uint8Array(32).fill(5);
export const ed25519PublicKey: Uint8Array = ed25519.getPublicKey(ed25519Seed);

/** What an honest Ed25519 device answers for a payload: 64 bytes. */
export function ed25519DeviceSign(payload: Uint8Array, seed: Uint8Array = ed25519Seed): Uint8Array {
  return ed25519.sign(payload, seed);
}

export const ed25519Device = {
  sign: (payload: Uint8Array): Uint8Array => ed25519DeviceSign(payload),
  signWithAnotherKey: (payload: Uint8Array): Uint8Array =>
    ed25519DeviceSign(payload, new Uint8Array(32).fill(6)),
};

/** Answers of a lying Ed25519 device, or of a relay that lies about it: none may reach a caller. */
export function ed25519DeviceLies(
  payload: Uint8Array,
): readonly (readonly [lie: string, signature: Uint8Array])[] {
  const good = ed25519DeviceSign(payload);
  const order = ed25519.Point.Fn.ORDER;
  const s = fromLittleEndian(good.subarray(32));
  const flips = Array.from({ length: 128 }, (_, i) => i * 4 + (i % 4)).map((bit) => {
    const flipped = good.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return [`bit ${bit} changed`, flipped] as const;
  });
  return [
    ["by another key", ed25519DeviceSign(payload, new Uint8Array(32).fill(6))],
    ["over another payload", ed25519DeviceSign(new Uint8Array([...payload, 0]))],
    ["empty", new Uint8Array()],
    ["63 bytes", good.slice(0, 63)],
    ["65 bytes", new Uint8Array([...good, 0])],
    ["all zeros", new Uint8Array(64)],
    ["all ones", new Uint8Array(64).fill(255)],
    ["the identity as R and zero as S", new Uint8Array([1, ...new Uint8Array(63)])],
    ["R and S swapped", new Uint8Array([...good.slice(32), ...good.slice(0, 32)])],
    ["S raised by the order", new Uint8Array([...good.slice(0, 32), ...toLittleEndian(s + order)])],
    ...flips,
  ];
}

const fromLittleEndian = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);

const toLittleEndian = (value: bigint): Uint8Array =>
  new Uint8Array(Buffer.from(value.toString(16).padStart(64, "0"), "hex")).reverse();
