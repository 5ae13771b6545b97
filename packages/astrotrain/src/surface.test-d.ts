import { describe, expectTypeOf, test } from "vitest";
import {
  type AstrotrainClient,
  type AstrotrainClientConfig,
  awaitPairResult,
  ConfigError,
  isPairRevoked,
  PairError,
  type PairErrorKind,
  type PairEvent,
  type SignAlgo,
  SignError,
  type SignErrorKind,
  type SignerCallback,
  type SignResult,
  sign,
  subscribeToEvents,
} from "./index.js";

declare const error: unknown;

describe("PairError", () => {
  test("behavior: each kind narrows to its own fields", () => {
    if (!(error instanceof PairError)) return;
    expectTypeOf(error).toExtend<Error>();
    expectTypeOf(error.kind).toEqualTypeOf<PairErrorKind>();
    switch (error.kind) {
      case "network":
        expectTypeOf(error.cause).toEqualTypeOf<unknown>();
        break;
      case "http":
        expectTypeOf(error.status).toEqualTypeOf<number>();
        expectTypeOf(error.body).toEqualTypeOf<string>();
        expectTypeOf(error.code).toEqualTypeOf<string | undefined>();
        break;
      case "deserialise":
      case "malformed_sse_frame":
        // @ts-expect-error there is no answer to have a status
        error.status;
        break;
      case "rejected":
        expectTypeOf(error.reason).toEqualTypeOf<string>();
        expectTypeOf(error.completed_at).toEqualTypeOf<string>();
        break;
      case "expired":
        expectTypeOf(error.completed_at).toEqualTypeOf<string>();
        // @ts-expect-error nobody gave a reason
        error.reason;
        break;
      default:
        expectTypeOf(error).toEqualTypeOf<never>();
    }
  });

  test("behavior: one condition does it", () => {
    if (error instanceof PairError && error.kind === "http")
      expectTypeOf(error.status).toEqualTypeOf<number>();
    // @ts-expect-error not narrowed yet
    if (error instanceof PairError) error.status;
  });
});

describe("SignError", () => {
  test("behavior: each kind narrows to its own fields", () => {
    if (!(error instanceof SignError)) return;
    expectTypeOf(error.kind).toEqualTypeOf<SignErrorKind>();
    switch (error.kind) {
      case "invalid_seed":
      case "deserialise":
      case "signer_failure":
        // @ts-expect-error not of this kind
        error.status;
        break;
      case "seed_length":
        expectTypeOf(error.got).toEqualTypeOf<number>();
        break;
      case "network":
        expectTypeOf(error.outcome).toEqualTypeOf<"not_sent" | "unknown">();
        break;
      case "http":
        expectTypeOf(error.status).toEqualTypeOf<number>();
        expectTypeOf(error.code).toEqualTypeOf<string | undefined>();
        break;
      case "signature_mismatch":
        expectTypeOf(error.party).toEqualTypeOf<"sp" | "octane" | "device">();
        break;
      default:
        expectTypeOf(error).toEqualTypeOf<never>();
    }
  });
});

test("behavior: ConfigError names the field", () => {
  if (error instanceof ConfigError) expectTypeOf(error.field).toEqualTypeOf<string>();
});

test("behavior: an event narrows by its kind", async () => {
  const event = await subscribeToEvents({ octaneUrl: "", apiKey: "", pairId: "" });
  expectTypeOf(event).toEqualTypeOf<PairEvent>();
  if (isPairRevoked(event)) {
    expectTypeOf(event.revoked_at_ms).toEqualTypeOf<number>();
    expectTypeOf(event.pair_id).toEqualTypeOf<string>();
  }
});

test("behavior: results keep the vendor's names", async () => {
  const result = await awaitPairResult({ octaneUrl: "", apiKey: "", sessionId: "" });
  expectTypeOf(result.pair_id).toEqualTypeOf<string>();
  expectTypeOf(result.bindings[0]?.address).toEqualTypeOf<string | undefined>();
  expectTypeOf<keyof SignResult>().toEqualTypeOf<
    "device_signature" | "octane_signature" | "sp_signature" | "request_id" | "signed_at"
  >();
});

test("behavior: a client takes a seed or a signer, and not both or neither", () => {
  const base = { octaneUrl: "", apiKey: "" };
  const signer: SignerCallback = { publicKey: new Uint8Array(32), sign: async () => new Uint8Array(64) };
  expectTypeOf({ ...base, privateKeySeed: "" }).toExtend<AstrotrainClientConfig>();
  expectTypeOf({ ...base, signer }).toExtend<AstrotrainClientConfig>();
  expectTypeOf(base).not.toExtend<AstrotrainClientConfig>();
  expectTypeOf({ ...base, privateKeySeed: "", signer }).not.toExtend<AstrotrainClientConfig>();
  expectTypeOf<SignAlgo>().toEqualTypeOf<"secp256k1" | "ed25519">();
  expectTypeOf(sign).returns.toEqualTypeOf<Promise<SignResult>>();
  expectTypeOf<AstrotrainClient["getPublicKey"]>().returns.toEqualTypeOf<Promise<string>>();
});
