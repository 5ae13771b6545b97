import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify as verifyByNode,
} from "node:crypto";
import { figure, rounds } from "@sigil/testing/promises";
import vectors from "@sigil/testing/vectors/spEnvelopes.json" with { type: "json" };
import { expect, test } from "vitest";
import { b64uToBytes, bytesToB64u } from "../encoding/base64url.js";
import { buildSpMessage } from "./buildSpMessage.js";
import { nobleEd25519 } from "./ed25519/nobleEd25519.js";
import { nodeEd25519 } from "./ed25519/nodeEd25519.js";
import { webCryptoEd25519 } from "./ed25519/webCryptoEd25519.js";

const implementations = { node: nodeEd25519, WebCrypto: webCryptoEd25519, noble: nobleEd25519 };

/** OpenSSL by Node's own calls, with a key that came in by another way: the judge of all. */
function nodeKey(seed: Uint8Array): { readonly key: KeyObject; readonly publicKey: string } {
  const key = createPrivateKey({
    key: { kty: "OKP", crv: "Ed25519", d: bytesToB64u(seed), x: "" },
    format: "jwk",
  });
  return { key, publicKey: createPublicKey(key).export({ format: "jwk" }).x ?? "" };
}

const signByNode = (seed: Uint8Array, message: Uint8Array): string =>
  bytesToB64u(new Uint8Array(sign(null, message, nodeKey(seed).key)));

/** Bytes that look random and are the same in each run. */
function bytesOf(label: string, length: number): Uint8Array {
  return new Uint8Array(
    createHash("shake256", { outputLength: Math.max(1, length) })
      .update(label)
      .digest(),
  ).slice(0, length);
}

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Of an EVM chain, of Solana, or of a chain that octane adds tomorrow, whose addresses may hold any text. */
function addressOf(n: number): string {
  const bytes = bytesOf(`address ${n}`, 44);
  if (n % 3 === 0) return `0x${Buffer.from(bytes.subarray(0, 20)).toString("hex")}`;
  if (n % 3 === 1) return Array.from(bytes, (byte) => base58[byte % 58]).join("");
  return Array.from(bytes.subarray(0, n % 20), (byte) => String.fromCodePoint(0x20 + byte * 7)).join("");
}

test("R22: the envelope is byte-equal to the fixed vectors, and so are its signatures", async () => {
  let equal = 0;
  for (const { seed, publicKey, payload, address, spSignature } of vectors) {
    const message = buildSpMessage(b64uToBytes(payload), address);
    expect(message).toEqual(
      new Uint8Array(Buffer.concat([Buffer.from(payload, "base64url"), Buffer.from(address, "utf8")])),
    );
    const signatures = [signByNode(b64uToBytes(seed), message)];
    for (const each of Object.values(implementations)) {
      const key = await each.importSeed(b64uToBytes(seed));
      expect(bytesToB64u(key.publicKey)).toBe(publicKey);
      signatures.push(bytesToB64u(await key.sign(message)));
    }
    expect(signatures).toEqual(Array.from({ length: 4 }, () => spSignature));
    equal++;
  }
  figure("R22", `${equal} fixed envelopes equal by Node, WebCrypto and noble`);
  expect(equal).toBeGreaterThanOrEqual(20);
});

test("R22: 10,000 random envelopes are signed alike by all implementations of Ed25519", {
  timeout: 240_000,
}, async () => {
  let equal = 0;
  // A hundred keys, since to import one takes longer than to sign.
  const keys = await Promise.all(
    Array.from({ length: 100 }, async (_, i) => {
      const seed = bytesOf(`seed ${i}`, 32);
      const ours = Object.values(implementations).map((each) => each.importSeed(seed.slice()));
      return { node: nodeKey(seed).key, ours: await Promise.all(ours) };
    }),
  );
  for (let n = 0; n < rounds(10_000); n++) {
    const { node, ours } = keys[n % keys.length] ?? expect.unreachable();
    const payload = bytesOf(`payload ${n}`, n % 2 === 0 ? 32 : (n * 37) % 1233);
    const address = addressOf(n);
    const expected = sign(null, Buffer.concat([payload, Buffer.from(address, "utf8")]), node);
    const message = buildSpMessage(payload, address);
    for (const key of ours) {
      if (expected.compare(await key.sign(message)) !== 0)
        throw new Error(`envelope ${n} is signed otherwise`);
    }
    equal++;
  }
  figure("R22", `${equal} random envelopes, all signed alike by Node, WebCrypto and noble`);
  expect(equal).toBe(rounds(10_000));
});

test("R22: a message of each length up to 1,023 bytes, its key, its signature, and no other message", {
  timeout: 240_000,
}, async () => {
  const count = rounds(1024);
  let equal = 0;
  for (let n = 0; n < count; n++) {
    // Spread over all lengths, however many rounds there are.
    const length = Math.floor((n * 1023) / Math.max(1, count - 1));
    const seed = bytesOf(`key of length ${length}`, 32);
    const message = bytesOf(`message of length ${length}`, length);
    const { key, publicKey } = nodeKey(seed);
    const expected = signByNode(seed, message);
    const other = new Uint8Array([...message, 0]);
    for (const each of Object.values(implementations)) {
      const ours = await each.importSeed(seed.slice());
      const signature = await ours.sign(message);
      expect([bytesToB64u(ours.publicKey), bytesToB64u(signature)]).toEqual([publicKey, expected]);
      const verify = each.verifier(ours.publicKey);
      expect(await verify(signature, message)).toBe(true);
      expect(await verify(signature, other)).toBe(false);
      expect(verifyByNode(null, message, createPublicKey(key), signature)).toBe(true);
    }
    equal++;
  }
  figure(
    "R22",
    `${equal} keys and messages of up to 1,023 bytes as RFC 8032 has them, by all implementations`,
  );
  expect(equal).toBe(count);
});
