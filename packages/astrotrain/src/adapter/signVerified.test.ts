import { describe, expect, test } from "vitest";
import { digest, wallet } from "../../test/keys.js";
import { rejection } from "../../test/scriptedOctane.js";
import { bytesToB64u } from "../encoding/base64url.js";
import type { SignOptions } from "../signing/AstrotrainClient.js";
import type { SignResult } from "../wire/sign.js";
import { checkClient, signVerified } from "./index.js";

const request = { address: wallet, payload: digest, algo: "secp256k1" } as const;
const signature = new Uint8Array(64).fill(9);

const clientOf = (answer: unknown, spy: (options: SignOptions) => void = () => {}) => ({
  sign: async (options: SignOptions) => {
    spy(options);
    return answer as SignResult;
  },
});

describe("signVerified", () => {
  test("default: what verify makes of the signature", async () => {
    const client = clientOf({ device_signature: bytesToB64u(signature) });
    expect(await signVerified(client, request, (given) => given.length)).toBe(64);
    expect(await signVerified(client, request, async () => 0)).toBe(0);
  });

  test("behavior: verify sees the payload as it was at the call, whatever becomes of it", async () => {
    const payload = digest.slice();
    const client = clientOf({ device_signature: bytesToB64u(signature) }, (options) => {
      options.payload.fill(1);
      payload.fill(2);
    });
    const seen = await signVerified(client, { ...request, payload }, (_, ours) => ours);
    expect(seen).toEqual(digest);
  });

  test("behavior: a signature that verify refuses goes no further", async () => {
    const client = clientOf({ device_signature: bytesToB64u(signature) });
    const error = await rejection(signVerified(client, request, () => undefined));
    expect(error).toMatchObject({
      kind: "signature_mismatch",
      party: "device",
      message:
        `The device's signature is not by ${wallet} over the payload that was sent. Nothing of it was used: do not retry ` +
        "before you know who answers at octaneUrl, and that the address is the paired wallet's.",
    });
  });

  test("behavior: the error has octane's id of the request, to trace it by", async () => {
    const request_id = "018f-a.b:C_9";
    const client = clientOf({ device_signature: bytesToB64u(signature), request_id });
    const error = await rejection(signVerified(client, request, () => undefined));
    expect(error).toMatchObject({
      requestId: request_id,
      message: expect.stringMatching(/Octane's id of the request: 018f-a\.b:C_9\.$/),
    });
  });

  test.each([undefined, 7, "", "a".repeat(65), "two words", "\u001b[2J", "<b>"])(
    "behavior: %j is no id to be shown",
    async (request_id) => {
      const client = clientOf({ device_signature: bytesToB64u(signature), request_id });
      const error = await rejection(signVerified(client, request, () => undefined));
      expect(error).toMatchObject({ kind: "signature_mismatch" });
      expect(error).not.toHaveProperty("requestId");
      expect(String(error)).toMatch(/the paired wallet's\.$/);
    },
  );

  test.each([undefined, null, 7, "====", "a b"])(
    "behavior: device_signature %j is deserialise",
    async (device_signature) => {
      const error = await rejection(signVerified(clientOf({ device_signature }), request, () => 1));
      expect(error).toMatchObject({
        name: "SignError",
        kind: "deserialise",
        message: "sign failed: device_signature is not base64url.",
      });
    },
  );
});

describe("checkClient", () => {
  test("default: whatever signs is one", () => {
    expect(() => checkClient(clientOf({}))).not.toThrow();
  });

  test.each([undefined, null, {}, { sign: 7 }])("behavior: %j is no client", (client) => {
    expect(() => checkClient(client)).toThrow(
      expect.objectContaining({
        name: "ConfigError",
        field: "client",
        message: expect.stringContaining("has no sign method: pass an AstrotrainClient."),
      }),
    );
  });
});
