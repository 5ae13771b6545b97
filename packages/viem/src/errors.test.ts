import { AstrotrainClient, ConfigError, SignError } from "@sigil/astrotrain";
import { createEmulator } from "@sigil/emulator";
import { address, privateKey } from "@sigil/testing/secp256k1Device";
import { BaseError, type Hash, UserRejectedRequestError } from "viem";
import { describe, expect, test } from "vitest";
import { pair } from "../test/pair.js";
import { SigilAccountError } from "./SigilAccountError.js";
import { toSigilAccount } from "./toSigilAccount.js";

const hash: Hash = `0x${"07".repeat(32)}`;

const failWith = async (error: unknown): Promise<BaseError> => {
  const account = toSigilAccount({ client: { sign: () => Promise.reject(error) }, address });
  return account.sign({ hash }).then(
    () => Promise.reject(new Error("expected a rejection")),
    (reason: BaseError) => reason,
  );
};

const http = (status: number, code?: string): SignError =>
  new SignError("sign failed", { kind: "http", status, body: "{}", ...(code === undefined ? {} : { code }) });

describe("errors", () => {
  test("behavior: a user who declines is viem's own rejection", async () => {
    const cause = http(403, "user_rejected");
    const error = await failWith(cause);
    expect(error).toBeInstanceOf(UserRejectedRequestError);
    expect(error).toMatchObject({ code: 4001, cause });
    expect(error.walk((each) => each instanceof SignError)).toBe(cause);
  });

  test.each([
    http(403, "pair_revoked"),
    http(403, "pair_pending"),
    http(403),
    http(408, "user_timeout"),
    http(500, "user_rejected_"),
    new SignError("no answer", { kind: "network", cause: new Error(), outcome: "unknown" }),
    new SignError("not it", { kind: "signature_mismatch", party: "device" }),
    new ConfigError("address", "is wrong"),
    new Error("something else"),
  ])("behavior: anything else is a SigilAccountError around it: %s", async (cause) => {
    const error = await failWith(cause);
    expect(error).toBeInstanceOf(SigilAccountError);
    expect(error).not.toBeInstanceOf(UserRejectedRequestError);
    expect(error).toMatchObject({
      cause,
      details: cause.message,
      shortMessage: "sign of the Sigil account failed.",
    });
    expect(error.walk((each) => each === cause)).toBe(cause);
  });

  test("behavior: even what is no error at all", async () => {
    expect(await failWith("just text")).toMatchObject({ name: "SigilAccountError", details: "just text" });
    for (const thrown of [undefined, Object.create(null), { toString: () => 7 }]) {
      expect(await failWith(thrown)).toBeInstanceOf(BaseError);
    }
  });

  test("behavior: wrong arguments reject with a BaseError as well", async () => {
    const account = toSigilAccount({
      client: { sign: () => Promise.reject(new Error("never asked")) },
      address,
    });
    const methods = [
      account.sign,
      account.signMessage,
      account.signTypedData,
      account.signAuthorization,
      account.signTransaction,
    ];
    for (const method of methods) {
      await expect((method as (nothing: unknown) => Promise<unknown>)(undefined)).rejects.toBeInstanceOf(
        BaseError,
      );
    }
  });

  test("behavior: from octane to viem: declined, then revoked", async () => {
    let answer: "approve" | "reject" = "approve";
    const emulator = createEmulator({ approval: () => answer });
    emulator.appliance.importKey({ chain: "ethereum", privateKey });
    const pairId = await pair(emulator);
    const { apiKey, privateKeySeed } = emulator.sp;
    const client = new AstrotrainClient({
      octaneUrl: "https://octane.example",
      apiKey,
      privateKeySeed,
      fetch: emulator.fetch,
    });
    const account = toSigilAccount({ client, address, pairId });
    answer = "reject";
    await expect(account.sign({ hash })).rejects.toBeInstanceOf(UserRejectedRequestError);
    await emulator.appliance.revoke(pairId);
    await expect(account.sign({ hash })).rejects.toMatchObject({
      cause: { kind: "http", status: 403, code: "pair_revoked" },
    });
  });
});
