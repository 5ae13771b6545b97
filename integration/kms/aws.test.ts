import { execFile } from "node:child_process";
import { sign } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "../programs/awsSigners.js";
import { type Answer, type Asked, newKey, type StandIn, startStandIn } from "./standIn.js";

const arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const { publicKey, privateKey } = newKey();
let standIn: StandIn;
let outcomes: Readonly<Record<string, Outcome>>;

/** No local AWS KMS with Ed25519 is known, so this one answers as AWS documents GetPublicKey and Sign. */
function answer({ headers, body }: Asked): Answer {
  const { KeyId, Message, MessageType, SigningAlgorithm } = body;
  if (headers["x-amz-target"] === "TrentService.GetPublicKey") {
    const KeySpec = KeyId === "alias/other-curve" ? "ECC_SECG_P256K1" : "ECC_NIST_EDWARDS25519";
    const PublicKey = publicKey.export({ format: "der", type: "spki" }).toString("base64");
    const id = KeyId === "alias/sigil-sp" ? arn : KeyId;
    return { body: { KeyId: id, KeySpec, KeyUsage: "SIGN_VERIFY", PublicKey } };
  }
  if (KeyId !== arn) return { status: 400, body: { __type: "AccessDeniedException", message: "not yours" } };
  if (MessageType !== "RAW" || SigningAlgorithm !== "ED25519_SHA_512")
    return { status: 400, body: { __type: "ValidationException", message: "not as documented" } };
  const signature = sign(null, Buffer.from(String(Message), "base64"), privateKey);
  return { body: { KeyId, Signature: signature.toString("base64"), SigningAlgorithm } };
}

beforeAll(async () => {
  standIn = await startStandIn(answer);
  const program = fileURLToPath(new URL("../programs/awsSigners.ts", import.meta.url));
  const names = ["alias/sigil-sp", "alias/other-curve", "alias/not-granted"];
  const args = ["--conditions=@sigil/source", "--import", "tsx", program, standIn.url, ...names];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  outcomes = JSON.parse(stdout);
});

afterAll(() => standIn.stop());

describe("awsSigner", () => {
  test("default: octane knows the SP by the key in KMS, and accepts what that signed", () => {
    expect(outcomes["alias/sigil-sp"]).toEqual({ publicKey: publicKey.export({ format: "jwk" }).x });
  });

  test("behavior: an alias is followed once, so that moving it does not change the key", () => {
    expect(standIn.asked.slice(0, 2).map(({ body }) => body.KeyId)).toEqual(["alias/sigil-sp", arn]);
  });

  test("behavior: a key on another curve is refused at once", () => {
    const message = expect.stringContaining("alias/other-curve is a key of spec ECC_SECG_P256K1;");
    expect(outcomes["alias/other-curve"]).toMatchObject({ error: { message } });
  });

  test("behavior: what KMS refuses is a signer_failure with AWS' error as cause", () => {
    const error = { kind: "signer_failure", cause: "AccessDeniedException" };
    expect(outcomes["alias/not-granted"]).toMatchObject({ error });
  });
});
