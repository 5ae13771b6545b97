import { sign } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { googleSigner } from "../../examples/kms/googleSigner.js";
import { signsThrough } from "./signsThrough.js";
import { newKey, type StandIn, startStandIn } from "./standIn.js";

// There is no local Cloud KMS, so this one answers as Google documents getPublicKey and asymmetricSign.
const name = "projects/p/locations/europe-west3/keyRings/sigil/cryptoKeys/sp/cryptoKeyVersions/1";
const { publicKey, privateKey } = newKey();
const pem = publicKey.export({ format: "pem", type: "spki" }).toString();
const sound = {
  algorithm: "EC_SIGN_ED25519",
  pemDamage: "",
  signatureDamage: "",
  verified: true,
  status: 200,
};
let cloud = { ...sound };
let standIn: StandIn;

beforeAll(async () => {
  standIn = await startStandIn(({ method, url, body }) => {
    if (cloud.status !== 200)
      return { status: cloud.status, body: { error: { status: "PERMISSION_DENIED" } } };
    if (method === "GET" && url === `/v1/${name}/publicKey`) {
      const { algorithm, pemDamage } = cloud;
      return { body: { name, algorithm, pem: pem + pemDamage, pemCrc32c: castagnoli(Buffer.from(pem)) } };
    }
    const data = Buffer.from(String(body.data), "base64");
    if (method !== "POST" || url !== `/v1/${name}:asymmetricSign` || body.dataCrc32c !== castagnoli(data))
      return { status: 400, body: { error: { status: "INVALID_ARGUMENT" } } };
    const signature = sign(null, data, privateKey);
    const signatureCrc32c = castagnoli(Buffer.concat([signature, Buffer.from(cloud.signatureDamage)]));
    const verifiedDataCrc32c = cloud.verified;
    return { body: { name, signature: signature.toString("base64"), signatureCrc32c, verifiedDataCrc32c } };
  });
});

afterEach(() => {
  cloud = { ...sound };
});

afterAll(() => standIn.stop());

/** The signer, its requests sent to the stand-in. */
const signerOf = () =>
  googleSigner({
    name,
    accessToken: async () => "token-of-test",
    fetch: (url, init) => fetch(String(url).replace("https://cloudkms.googleapis.com", standIn.url), init),
  });

describe("googleSigner", () => {
  test("default: octane accepts what Cloud KMS signed", async () => {
    expect(castagnoli(Buffer.from("123456789"))).toBe(String(0xe3069283));
    const answer = await signsThrough(await signerOf());
    expect(answer.device_signature).toHaveLength(86);
    expect(standIn.asked.at(-1)?.headers.authorization).toBe("Bearer token-of-test");
  });

  test("behavior: the public key is the 32 bytes that octane knows the SP by, in base64url", async () => {
    expect((await signerOf()).publicKey).toBe(publicKey.export({ format: "jwk" }).x);
  });

  test("behavior: a key of another algorithm is refused at once", async () => {
    cloud.algorithm = "EC_SIGN_P256_SHA256";
    await expect(signerOf()).rejects.toThrow(`${name} is a key of algorithm EC_SIGN_P256_SHA256;`);
  });

  test("behavior: what came damaged is not used: the public key, the data, the signature", async () => {
    cloud.pemDamage = "\n";
    await expect(signerOf()).rejects.toThrow("came damaged");
    cloud = { ...sound };
    const signer = await signerOf();
    cloud.verified = false;
    await expect(signer.sign(new Uint8Array(32))).rejects.toThrow("came damaged");
    cloud = { ...sound, signatureDamage: "x" };
    await expect(signer.sign(new Uint8Array(32))).rejects.toThrow("came damaged");
  });

  test("behavior: what Cloud KMS refuses is a signer_failure that says why, without the token", async () => {
    const signer = await signerOf();
    cloud.status = 403;
    const error = await signsThrough(signer).catch((error: unknown) => error);
    expect(error).toMatchObject({
      kind: "signer_failure",
      cause: { message: expect.stringContaining("403") },
    });
    expect(String((error as Error).cause)).not.toContain("token-of-test");
  });
});

/** CRC-32C by a table, as a second opinion on the recipe's. */
function castagnoli(bytes: Uint8Array): string {
  const table = Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = ((crc & 1) === 1 ? 0x82f63b78 : 0) ^ (crc >>> 1);
    return crc >>> 0;
  });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = ((table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)) >>> 0;
  return String((crc ^ 0xffffffff) >>> 0);
}
