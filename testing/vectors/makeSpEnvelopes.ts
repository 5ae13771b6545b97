import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { writeFileSync } from "node:fs";

// Run with tsx to make spEnvelopes.json anew. It uses OpenSSL, so that neither the SDK's nor the emulator's own
// Ed25519 is the judge of itself.

const wallets = [
  "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
  "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
  "oeYf6KAJkLYhBuR8CiGc6L4D4Xtfepr85fuDgA9kq96",
];
const payloadLengths = [0, 1, 31, 32, 33, 64, 200, 1232];

const b64u = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** Reproducible bytes that look random. */
function fill(label: string, length: number): Uint8Array {
  const blocks: Buffer[] = [];
  for (let i = 0; i * 32 < length; i++) blocks.push(createHash("sha256").update(`${label} ${i}`).digest());
  return Buffer.concat(blocks).subarray(0, length);
}

const vectors = wallets.flatMap((address) =>
  payloadLengths.map((length) => {
    const seed = fill(`seed ${address} ${length}`, 32);
    const payload = fill(`payload ${address} ${length}`, length);
    const key = createPrivateKey({
      key: { kty: "OKP", crv: "Ed25519", d: b64u(seed), x: "" },
      format: "jwk",
    });
    const { x: publicKey } = createPublicKey(key).export({ format: "jwk" });
    const spSignature = sign(null, Buffer.concat([payload, Buffer.from(address, "utf8")]), key);
    return { address, seed: b64u(seed), publicKey, payload: b64u(payload), spSignature: b64u(spSignature) };
  }),
);

writeFileSync(new URL("spEnvelopes.json", import.meta.url), `${JSON.stringify(vectors, undefined, 2)}\n`);
