import { secp256k1 } from "@noble/curves/secp256k1.js";

/** The first key of the well-known test mnemonic "test test … junk". */
export const privateKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
export const address = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

const order = secp256k1.Point.Fn.ORDER;

/** A form in which an appliance may answer; all of them are right, whatever they say in v. */
export type Form = { readonly highS: boolean; readonly v: "none" | "parity" | "27" | "wrong" | "nonsense" };

export const forms: readonly Form[] = [true, false].flatMap((highS) =>
  (["none", "parity", "27", "wrong", "nonsense"] as const).map((v) => ({ highS, v })),
);

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.slice(2), "hex"));

const scalar = (value: bigint): Uint8Array => fromHex(`0x${value.toString(16).padStart(64, "0")}`);

/** What an honest secp256k1 device answers for a digest: `r‖s`, or `r‖s‖v`. */
export function deviceSign(
  digest: Uint8Array,
  form: Form = { highS: false, v: "parity" },
  key: string = privateKey,
): Uint8Array {
  const recovered = secp256k1.sign(digest, fromHex(key), { prehash: false, format: "recovered" });
  const { r, s, recovery = 0 } = secp256k1.Signature.fromBytes(recovered, "recovered");
  const parity = recovery ^ Number(form.highS);
  const v = { none: [], parity: [parity], 27: [27 + parity], wrong: [28 - parity], nonsense: [255] }[form.v];
  return new Uint8Array([...scalar(r), ...scalar(form.highS ? order - s : s), ...v]);
}

/** Signs as most appliances do: `r‖s‖v`, s low. */
export const secp256k1Device = {
  sign: (digest: Uint8Array): Uint8Array => deviceSign(digest),
  signWithAnotherKey: (digest: Uint8Array): Uint8Array =>
    deviceSign(digest, undefined, `0x${"42".repeat(32)}`),
};

/** Answers of a lying secp256k1 device, or of a relay that lies about it: none may reach a caller. */
export function deviceLies(digest: Uint8Array): readonly (readonly [lie: string, signature: Uint8Array])[] {
  const good = deviceSign(digest);
  const of = (r: bigint, s: bigint): Uint8Array => new Uint8Array([...scalar(r), ...scalar(s)]);
  const flips = Array.from({ length: 128 }, (_, i) => i * 4 + (i % 4)).map((bit) => {
    const flipped = good.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return [`bit ${bit} changed`, flipped] as const;
  });
  return [
    ["by another key", deviceSign(digest, undefined, `0x${"42".repeat(32)}`)],
    ["over another payload", deviceSign(digest.map((byte) => byte ^ 1))],
    ["over the payload hashed once more", secp256k1.sign(digest, fromHex(privateKey))],
    ["empty", new Uint8Array()],
    ["63 bytes", good.slice(0, 63)],
    ["66 bytes", new Uint8Array([...good, 0])],
    ["all zeros", new Uint8Array(64)],
    ["all zeros, with v", new Uint8Array(65)],
    ["all ones", new Uint8Array(64).fill(255)],
    ["r zero", of(0n, 5n)],
    ["s zero", of(5n, 0n)],
    ["r the order", of(order, 5n)],
    ["s the order", of(5n, order)],
    ["r and s swapped", new Uint8Array([...good.slice(32, 64), ...good.slice(0, 32)])],
    ["recovery id first", new Uint8Array([good[64] ?? 0, ...good.slice(0, 64)])],
    ...flips,
  ];
}
