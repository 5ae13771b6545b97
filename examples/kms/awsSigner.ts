import { createPublicKey } from "node:crypto";
import { GetPublicKeyCommand, type KMSClient, SignCommand } from "@aws-sdk/client-kms";
import type { SignerCallback } from "@sigil/astrotrain";

/** The SP's key in AWS KMS, of key spec ECC_NIST_EDWARDS25519. `keyId` is its id, ARN or alias. */
export async function awsSigner(kms: KMSClient, keyId: string): Promise<SignerCallback> {
  const answer = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (answer.KeySpec !== "ECC_NIST_EDWARDS25519" || answer.PublicKey === undefined) {
    throw new Error(`${keyId} is a key of spec ${answer.KeySpec}; take one of spec ECC_NIST_EDWARDS25519.`);
  }
  const spki = createPublicKey({ key: Buffer.from(answer.PublicKey), format: "der", type: "spki" });
  const key = {
    // The key that was read, even if an alias is given another one later.
    KeyId: answer.KeyId ?? keyId,
    MessageType: "RAW",
    SigningAlgorithm: "ED25519_SHA_512",
  } as const;
  return {
    publicKey: spki.export({ format: "jwk" }).x ?? "",
    sign: async (message) => {
      const { Signature } = await kms.send(new SignCommand({ ...key, Message: message }));
      if (Signature === undefined) throw new Error(`AWS KMS gave no signature by ${key.KeyId}.`);
      return Signature;
    },
  };
}
