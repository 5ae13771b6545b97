import type { KeyObject, PrivateKeyInput } from "node:crypto";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { bytesToHex, hexToBytes } from "../../encoding/hex.js";
import { nobleEd25519 } from "./nobleEd25519.js";
import { nodeEd25519 } from "./nodeEd25519.js";
import { runtimeEd25519 } from "./runtimeEd25519.js";
import { webCryptoEd25519 } from "./webCryptoEd25519.js";

const implementations = { nodeEd25519, webCryptoEd25519, nobleEd25519, runtimeEd25519 };

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
      const verify = ed25519.verifier(hexToBytes(publicKey));
      expect(await verify(hexToBytes(signature), hexToBytes(message))).toBe(true);
    },
  );

  test("behavior: a signature with any one bit changed does not verify", async () => {
    const key = await ed25519.importSeed(new Uint8Array(32).fill(3));
    const message = new Uint8Array([1, 2, 3]);
    const signature = await key.sign(message);
    const verify = ed25519.verifier(key.publicKey);
    for (let bit = 0; bit < 512; bit += 7) {
      const changed = signature.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await verify(changed, message).catch(() => false)).toBe(false);
    }
  });

  test("behavior: a key that was destroyed signs no more", async () => {
    const key = await ed25519.importSeed(new Uint8Array(32).fill(3));
    key.destroy();
    await expect(key.sign(new Uint8Array(1))).rejects.toThrow("the key has been destroyed");
  });

  test("behavior: the seed may be wiped afterwards", async () => {
    const seed = new Uint8Array(32).fill(3);
    const key = await ed25519.importSeed(seed);
    const before = await key.sign(new Uint8Array(1));
    seed.fill(0);
    expect(await key.sign(new Uint8Array(1))).toEqual(before);
  });
});

/** The encoded private keys that an implementation gives to the runtime. */
function handedOver(): Uint8Array[] {
  const seen: Uint8Array[] = [];
  const { importKey } = crypto.subtle;
  vi.spyOn(crypto.subtle, "importKey").mockImplementation(((...given: [string, Uint8Array]) => {
    if (given[0] === "pkcs8") seen.push(given[1]);
    return Reflect.apply(importKey, crypto.subtle, given);
  }) as typeof importKey);
  const nodeCrypto = process.getBuiltinModule("node:crypto");
  const createPrivateKey = (given: PrivateKeyInput): KeyObject => {
    seen.push(given.key as Uint8Array);
    return nodeCrypto.createPrivateKey(given);
  };
  vi.spyOn(process, "getBuiltinModule").mockReturnValue({ ...nodeCrypto, createPrivateKey } as never);
  onTestFinished(() => void vi.restoreAllMocks());
  return seen;
}

test.each(Object.entries({ nodeEd25519, webCryptoEd25519 }))(
  "behavior: %s leaves no copy of the seed behind",
  async (_, ed25519) => {
    const seen = handedOver();
    await ed25519.importSeed(new Uint8Array(32).fill(3));
    expect(seen).not.toEqual([]);
    for (const each of seen) expect(each).toEqual(new Uint8Array(48));
  },
);

test("behavior: the key that WebCrypto keeps can't be read back", async () => {
  const signed = vi.spyOn(crypto.subtle, "sign");
  onTestFinished(() => void vi.restoreAllMocks());
  const key = await webCryptoEd25519.importSeed(new Uint8Array(32).fill(3));
  await key.sign(new Uint8Array(1));
  expect(signed.mock.calls.map(([, { extractable }]) => extractable)).toEqual([false]);
});

/** As in a runtime whose WebCrypto imports no private keys, or no public ones, and which has nothing of Node's. */
async function runtimeWithout(format: "raw" | "pkcs8") {
  const importKey = crypto.subtle.importKey.bind(crypto.subtle) as (
    ...given: unknown[]
  ) => Promise<CryptoKey>;
  vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined as never);
  vi.spyOn(crypto.subtle, "importKey").mockImplementation(((...given: unknown[]) =>
    given[0] === format
      ? Promise.reject(new DOMException("no", "NotSupportedError"))
      : importKey(...given)) as typeof crypto.subtle.importKey);
  onTestFinished(() => void vi.restoreAllMocks());
  vi.resetModules();
  return (await import("./runtimeEd25519.js")).runtimeEd25519;
}

test.each(["raw", "pkcs8"] as const)(
  "behavior: without Node's crypto, and with half of WebCrypto's (no %s), noble's is used",
  async (format) => {
    const seed = new Uint8Array(32).fill(3);
    const signed = vi.spyOn(crypto.subtle, "sign");
    const fresh = await runtimeWithout(format);
    const key = await fresh.importSeed(seed);
    const before = signed.mock.calls.length;
    const signature = await key.sign(new Uint8Array(1));
    expect(signed.mock.calls.length).toBe(before);
    expect(await fresh.verifier(key.publicKey)(signature, new Uint8Array(1))).toBe(true);
    vi.restoreAllMocks();
    expect(signature).toEqual(await (await webCryptoEd25519.importSeed(seed)).sign(new Uint8Array(1)));
  },
);

test("behavior: in Node its own is used, and nothing goes to another thread", async () => {
  const spies = (["sign", "verify", "importKey"] as const).map((each) => vi.spyOn(crypto.subtle, each));
  onTestFinished(() => void vi.restoreAllMocks());
  vi.resetModules();
  const { runtimeEd25519 } = await import("./runtimeEd25519.js");
  const key = await runtimeEd25519.importSeed(new Uint8Array(32).fill(3));
  const verify = runtimeEd25519.verifier(key.publicKey);
  expect(await verify(await key.sign(new Uint8Array(1)), new Uint8Array(1))).toBe(true);
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});

describe("nativeVerifier", () => {
  const seed = new Uint8Array(32).fill(3);
  const message = new Uint8Array([1, 2, 3]);

  test.each([
    ["Node's", false],
    ["WebCrypto's", true],
  ])("default: %s, under a copy of the key", async (_, hidden) => {
    const { publicKey, sign } = await nobleEd25519.importSeed(seed);
    const signature = await sign(message);
    if (hidden) vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined as never);
    onTestFinished(() => void vi.restoreAllMocks());
    vi.resetModules();
    const { nativeVerifier } = await import("./nativeEd25519.js");
    const key = publicKey.slice();
    const verify = nativeVerifier(key);
    key.fill(0);
    expect(await verify(signature, message)).toBe(true);
    expect(await verify(signature, new Uint8Array([1, 2, 4]))).toBe(false);
  });

  test("behavior: a runtime that has none says so", async () => {
    vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined as never);
    vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("no", "NotSupportedError"));
    onTestFinished(() => void vi.restoreAllMocks());
    vi.resetModules();
    const { nativeVerifier } = await import("./nativeEd25519.js");
    await expect(nativeVerifier(new Uint8Array(32))(new Uint8Array(64), message)).rejects.toThrow(
      "This runtime has no Ed25519.",
    );
  });
});

test("behavior: noble refuses what RFC 8032 refuses and ZIP-215 takes", async () => {
  // A non-canonical encoding of the identity, as key and as R, with S zero.
  const point = new Uint8Array(32).fill(255);
  point[0] = 0xee;
  point[31] = 0x7f;
  const signature = new Uint8Array([...point, ...new Uint8Array(32)]);
  const verify = nobleEd25519.verifier(point);
  expect(await verify(signature, new Uint8Array(1)).catch(() => false)).toBe(false);
});

test("behavior: all give the same bytes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.uint8Array({ maxLength: 200 }),
      async (seed, message) => {
        const noble = await nobleEd25519.importSeed(seed);
        for (const each of [nodeEd25519, webCryptoEd25519]) {
          const own = await each.importSeed(seed);
          expect(own.publicKey).toEqual(noble.publicKey);
          expect(await own.sign(message)).toEqual(await noble.sign(message));
        }
      },
    ),
  );
});
