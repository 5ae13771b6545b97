import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { bytesToHex, hexToBytes } from "../../encoding/hex.js";
import { nativeEd25519 } from "./nativeEd25519.js";
import { nobleEd25519 } from "./nobleEd25519.js";
import { runtimeEd25519 } from "./runtimeEd25519.js";

const implementations = { nativeEd25519, nobleEd25519, runtimeEd25519 };

// RFC 8032 section 7.1, tests 1 to 3.
const vectors = [
  {
    seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    publicKey: "0xd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    message: "",
    signature:
      "0xe5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  },
  {
    seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    publicKey: "0x3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    message: "72",
    signature:
      "0x92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  },
  {
    seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    publicKey: "0xfc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    message: "af82",
    signature:
      "0x6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  },
];

describe.each(Object.entries(implementations))("%s", (_, ed25519) => {
  test.each(vectors)(
    "default: RFC 8032, message of $message",
    async ({ seed, publicKey, message, signature }) => {
      const key = await ed25519.importSeed(hexToBytes(seed));
      expect(bytesToHex(key.publicKey)).toBe(publicKey);
      expect(bytesToHex(await key.sign(hexToBytes(message)))).toBe(signature);
      expect(await ed25519.verify(hexToBytes(signature), hexToBytes(message), hexToBytes(publicKey))).toBe(
        true,
      );
    },
  );

  test("behavior: a signature with any one bit changed does not verify", async () => {
    const key = await ed25519.importSeed(new Uint8Array(32).fill(3));
    const message = new Uint8Array([1, 2, 3]);
    const signature = await key.sign(message);
    for (let bit = 0; bit < 512; bit += 7) {
      const changed = signature.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await ed25519.verify(changed, message, key.publicKey).catch(() => false)).toBe(false);
    }
  });

  test("behavior: the seed may be wiped afterwards", async () => {
    const seed = new Uint8Array(32).fill(3);
    const key = await ed25519.importSeed(seed);
    const before = await key.sign(new Uint8Array(1));
    seed.fill(0);
    expect(await key.sign(new Uint8Array(1))).toEqual(before);
  });
});

test("behavior: where WebCrypto has no Ed25519, or only half of it, noble's is used", async () => {
  const importKey = crypto.subtle.importKey.bind(crypto.subtle);
  for (const missing of ["raw", "pkcs8"]) {
    vi.resetModules();
    const spy = vi
      .spyOn(crypto.subtle, "importKey")
      .mockImplementation((...args) =>
        args[0] === missing
          ? Promise.reject(new DOMException("no", "NotSupportedError"))
          : (importKey as never as typeof spy)(...args),
      );
    const { runtimeEd25519: fresh } = await import("./runtimeEd25519.js");
    const key = await fresh.importSeed(new Uint8Array(32).fill(3));
    const signature = await key.sign(new Uint8Array(1));
    expect(await fresh.verify(signature, new Uint8Array(1), key.publicKey)).toBe(true);
    const native = await nativeEd25519.importSeed(new Uint8Array(32)).catch(() => "none");
    expect(missing === "pkcs8" ? native : "none").toBe("none");
    spy.mockRestore();
    expect(signature).toEqual(
      await (await nativeEd25519.importSeed(new Uint8Array(32).fill(3))).sign(new Uint8Array(1)),
    );
  }
});

test("behavior: noble refuses what RFC 8032 refuses and ZIP-215 takes", async () => {
  // A non-canonical encoding of the identity, as key and as R, with S zero.
  const point = new Uint8Array(32).fill(255);
  point[0] = 0xee;
  point[31] = 0x7f;
  const signature = new Uint8Array([...point, ...new Uint8Array(32)]);
  expect(await nobleEd25519.verify(signature, new Uint8Array(1), point).catch(() => false)).toBe(false);
});

test("behavior: the runtime's own and noble's give the same bytes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.uint8Array({ maxLength: 200 }),
      async (seed, message) => {
        const [native, noble] = await Promise.all([
          nativeEd25519.importSeed(seed),
          nobleEd25519.importSeed(seed),
        ]);
        expect(native.publicKey).toEqual(noble.publicKey);
        expect(await native.sign(message)).toEqual(await noble.sign(message));
      },
    ),
  );
});
