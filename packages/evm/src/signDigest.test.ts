import { bytesToB64u, SignError, type SignOptions, type SignResult } from "@sigil/astrotrain";
import { address, deviceSign } from "@sigil/testing/secp256k1Device";
import { describe, expect, test } from "vitest";
import { signDigest } from "./signDigest.js";

const digest = new Uint8Array(32).fill(7);

const clientOf = (answer: (options: SignOptions) => unknown) => {
  const asked: SignOptions[] = [];
  const sign = async (options: SignOptions): Promise<SignResult> => {
    asked.push(options);
    return { device_signature: await answer(options) } as SignResult;
  };
  return { client: { sign }, asked };
};

const honest = ({ payload }: SignOptions): string => bytesToB64u(deviceSign(payload));

describe("signDigest", () => {
  test("default", async () => {
    const { client, asked } = clientOf(honest);
    const signature = await signDigest({ client, address, pairId: "p-1", chain: "base" }, digest);
    expect(signature).toMatchObject({
      r: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      yParity: expect.any(Number),
    });
    expect(asked).toEqual([{ address, payload: digest, algo: "secp256k1", pairId: "p-1", chain: "base" }]);
  });

  test("behavior: the answer is held against our own copy of the digest", async () => {
    const { client } = clientOf((options) => {
      options.payload.fill(9);
      return bytesToB64u(deviceSign(new Uint8Array(32).fill(9)));
    });
    await expect(signDigest({ client, address }, digest)).rejects.toMatchObject({
      kind: "signature_mismatch",
    });
  });

  test("behavior: a digest that its owner changes meanwhile was signed as it was", async () => {
    const given = digest.slice();
    const { client } = clientOf(async () => {
      given.fill(9);
      return bytesToB64u(deviceSign(digest));
    });
    await signDigest({ client, address }, given);
  });

  test("behavior: another key is a mismatch that names the address", async () => {
    const { client } = clientOf(({ payload }) =>
      bytesToB64u(deviceSign(payload, undefined, `0x${"42".repeat(32)}`)),
    );
    const failing = signDigest({ client, address }, digest);
    await expect(failing).rejects.toBeInstanceOf(SignError);
    await expect(failing).rejects.toMatchObject({
      kind: "signature_mismatch",
      party: "device",
      message: expect.stringContaining(address),
    });
  });

  test.each([undefined, null, 7, "", "====", "0x1234"])(
    "behavior: a device_signature %j is no signature",
    async (answer) => {
      await expect(
        signDigest({ client: clientOf(() => answer).client, address }, digest),
      ).rejects.toBeInstanceOf(SignError);
    },
  );
});
