import { expect, test } from "vitest";
import { rejection } from "../../test/scriptedOctane.js";
import { bytesToB64u } from "../encoding/base64url.js";
import { checkSignResult } from "./checkSignResult.js";

const spSignature = new Uint8Array(64).fill(1);
const sent = { message: new Uint8Array(3), spSignature, idempotencyKey: "key-1" };
const result = {
  device_signature: bytesToB64u(new Uint8Array(64)),
  octane_signature: bytesToB64u(new Uint8Array(64)),
  sp_signature: bytesToB64u(spSignature),
  request_id: "r-1",
  signed_at: "2026-01-01T00:00:00Z",
};

test("default: without a pinned key octane's signature is not looked at", async () => {
  await expect(checkSignResult(result, sent, undefined)).resolves.toBeUndefined();
});

test("behavior: a verification that fails, rather than denies, is a mismatch too", async () => {
  const verify = (): Promise<boolean> => Promise.reject(new Error("no such key"));
  const error = await rejection(checkSignResult(result, sent, verify));
  expect(error).toMatchObject({
    kind: "signature_mismatch",
    party: "octane",
    idempotencyKey: "key-1",
    requestId: "r-1",
  });
  expect(String(error)).toMatch(
    /octanePublicKey: check the pinned key.*Nothing of the answer was used\. Octane's id of the request: r-1\.$/,
  );
});

test("behavior: another SP signature than the one sent is a mismatch", async () => {
  const other = { ...result, sp_signature: bytesToB64u(new Uint8Array(64)) };
  const error = await rejection(checkSignResult(other, sent, undefined));
  expect(error).toMatchObject({
    kind: "signature_mismatch",
    party: "sp",
    idempotencyKey: "key-1",
    requestId: "r-1",
  });
  expect(String(error)).toMatch(
    /belongs to another request\. Nothing of the answer was used\. Octane's id of the request: r-1\.$/,
  );
});
