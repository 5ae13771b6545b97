import { ConfigError, SignError } from "@sigil/astrotrain";
import { type EthersError, isError } from "ethers";
import { describe, expect, test } from "vitest";
import { address } from "../test/appliance.js";
import { SigilSigner } from "./SigilSigner.js";

const failWith = (cause: unknown): SigilSigner =>
  new SigilSigner({ client: { sign: () => Promise.reject(cause) }, address });

const rejection = (promise: Promise<unknown>): Promise<EthersError & { cause?: unknown }> =>
  promise.then(
    () => Promise.reject(new Error("expected a rejection")),
    (error) => error,
  );

const http = (status: number, code?: string): SignError =>
  new SignError("sign failed", {
    kind: "http",
    status,
    body: "secret body",
    ...(code === undefined ? {} : { code }),
  });
const network = (cause: unknown): SignError =>
  new SignError("sign failed", { kind: "network", cause, outcome: "unknown" });

const methods = {
  signTransaction: (signer: SigilSigner) => signer.signTransaction({ type: 0, gasPrice: 1n }),
  signMessage: (signer: SigilSigner) => signer.signMessage("hello"),
  signTypedData: (signer: SigilSigner) =>
    signer.signTypedData({}, { A: [{ name: "a", type: "uint8" }] }, { a: 1 }),
  unknown: (signer: SigilSigner) => signer.authorize({ address, chainId: 1, nonce: 0 }),
};

describe.each(Object.entries(methods))("action %s", (action, run) => {
  test.each([
    ["user_rejected", 403, "rejected"],
    ["user_timeout", 408, "expired"],
    ["pair_pending", 403, "pending"],
  ])("behavior: %s is ACTION_REJECTED", async (code, status, reason) => {
    const cause = http(status, code);
    const error = await rejection(run(failWith(cause)));
    expect(isError(error, "ACTION_REJECTED")).toBe(true);
    expect(error).toMatchObject({ action, reason, cause });
    expect(error.message).not.toContain("secret body");
  });
});

describe("other errors", () => {
  test.each([
    [http(403, "pair_revoked"), "SERVER_ERROR"],
    [http(403, "scope_denied"), "SERVER_ERROR"],
    [http(403), "SERVER_ERROR"],
    [http(500, "internal_error"), "SERVER_ERROR"],
    [network(new DOMException("late", "TimeoutError")), "TIMEOUT"],
    [network(new TypeError("fetch failed", { cause: { code: "UND_ERR_HEADERS_TIMEOUT" } })), "TIMEOUT"],
    [network(new DOMException("stop", "AbortError")), "CANCELLED"],
    [network(new TypeError("fetch failed")), "NETWORK_ERROR"],
    [network(undefined), "NETWORK_ERROR"],
    [new SignError("not it", { kind: "deserialise" }), "BAD_DATA"],
    [new SignError("not it", { kind: "signature_mismatch", party: "device" }), "BAD_DATA"],
    [new SignError("hsm", { kind: "signer_failure" }), "UNKNOWN_ERROR"],
    [new ConfigError("pairId", "is wrong"), "INVALID_ARGUMENT"],
    [new Error("something else"), "UNKNOWN_ERROR"],
    ["just text", "UNKNOWN_ERROR"],
    [undefined, "UNKNOWN_ERROR"],
  ] as const)("behavior: %s is %s, ours the cause", async (cause, code) => {
    const error = await rejection(failWith(cause).signMessage("hello"));
    expect(error).toMatchObject({ code, shortMessage: expect.stringContaining("signMessage failed") });
    expect(error.cause).toBe(cause);
    expect(error.message).not.toContain("secret body");
  });

  test("behavior: errors of a second copy of astrotrain are known by their fields", async () => {
    const foreign = Object.assign(new Error("sign failed"), {
      name: "SignError",
      kind: "http",
      status: 403,
      code: "user_rejected",
    });
    expect(await rejection(failWith(foreign).signMessage("hello"))).toMatchObject({
      code: "ACTION_REJECTED",
      cause: foreign,
    });
  });

  test("behavior: what a client throws is never taken for ethers' own", async () => {
    const lookalike = Object.assign(new Error("no"), {
      code: "ACTION_REJECTED",
      shortMessage: "no",
      reason: "rejected",
    });
    const error = await rejection(failWith(lookalike).signMessage("hello"));
    expect(error).toMatchObject({ code: "UNKNOWN_ERROR", cause: lookalike });
    expect(await rejection(failWith(Object.create(null)).signMessage("hello"))).toMatchObject({
      code: "UNKNOWN_ERROR",
    });
  });

  test("behavior: ethers' own stay as they are", async () => {
    const error = await rejection(failWith(new Error("never asked")).signTransaction({ type: 9 }));
    expect(error).toMatchObject({ code: expect.stringMatching(/UNSUPPORTED_OPERATION|INVALID_ARGUMENT/) });
    expect(error.cause).toBeUndefined();
  });
});
