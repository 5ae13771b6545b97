import { bytesToB64u } from "../encoding/base64url.js";
import { ConfigError } from "../errors/ConfigError.js";
import { checkOptions } from "../internal/arguments.js";
import type { CallOptions } from "../internal/CallOptions.js";
import { uuid } from "../internal/uuid.js";
import { callJson } from "../transport/callJson.js";
import { type Attempt, checkLimits, withDeadline } from "../transport/deadline.js";
import { type Endpoint, toEndpoint, withFetch } from "../transport/endpoint.js";
import { decodeSignResult, encodeSign, type SignResult, signPath } from "../wire/sign.js";
import { buildSpMessage } from "./buildSpMessage.js";
import { checkSignResult } from "./checkSignResult.js";
import { copySignRequest, type SignRequest } from "./SignRequest.js";
import { readKey, type SpKeyConfig, type SpSigner, toSpSigner } from "./SpSigner.js";
import { toSignError } from "./toSignError.js";

/** Five minutes: a person decides. */
const signTimeoutMs = 300_000;

export type AstrotrainClientConfig = SpKeyConfig & {
  /** `https://…`, or `http://` for loopback. */
  readonly octaneUrl: string;
  /** The SP's bearer key. */
  readonly apiKey: string;
  /** Octane's Ed25519 key, 32 bytes or base64url. When given, octane's signature on each answer must verify under it. */
  readonly octanePublicKey?: Uint8Array | string | undefined;
  /** Used instead of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * For each signature. Node's own fetch gives up after 300 s without an answer, whatever is said here: for longer pass
   * a `fetch` that waits longer.
   *
   * @defaultValue 300,000 ms
   */
  readonly timeoutMs?: number | undefined;
};

/** A request and what holds for this one call only. */
export type SignOptions = SignRequest & CallOptions;

/**
 * Asks appliances for signatures, for one SP. It holds the SP's key and API key, so it belongs on a backend; where
 * `window` and `document` exist it refuses to be made.
 *
 * @example
 * ```ts
 * const client = new AstrotrainClient({
 *   octaneUrl: "http://127.0.0.1:8124",
 *   apiKey: process.env.SIGIL_API_KEY ?? "",
 *   privateKeySeed: process.env.SIGIL_SP_SEED ?? "",
 * });
 * const { device_signature } = await client.sign({ address, payload: digest, algo: "secp256k1", pairId });
 * ```
 */
export class AstrotrainClient {
  readonly #endpoint: Endpoint;
  readonly #signer: SpSigner;
  readonly #octanePublicKey: Uint8Array | undefined;
  readonly #timeoutMs: number;

  /**
   * @throws ConfigError when an option is wrong, or in a browser.
   * @throws SignError of kind `invalid_seed` or `seed_length`.
   */
  constructor(config: AstrotrainClientConfig) {
    refuseBrowser();
    checkOptions(config);
    this.#endpoint = toEndpoint(config);
    checkLimits(config);
    this.#timeoutMs = config.timeoutMs ?? signTimeoutMs;
    this.#octanePublicKey = readOctaneKey(config.octanePublicKey);
    this.#signer = toSpSigner(config);
  }

  /** The SP's Ed25519 public key: base64url without padding, 32 bytes. */
  async getPublicKey(): Promise<string> {
    return bytesToB64u(await this.#signer.publicKey());
  }

  /**
   * Asks the appliance that holds `address` for one signature and waits while its owner decides. Sent at most once:
   * a failed call is never repeated by itself.
   *
   * The SP's signature, and octane's when `octanePublicKey` is given, are checked; the device's is checked by the
   * chain adapters. Arguments are copied, so changing them afterwards changes nothing.
   *
   * @throws SignError of any kind but `invalid_seed` and `seed_length`.
   * @throws ConfigError when an argument is wrong; no request leaves.
   */
  async sign(options: SignOptions): Promise<SignResult> {
    checkOptions(options);
    const request = copySignRequest(options);
    checkLimits(options);
    const { signal, timeoutMs = this.#timeoutMs, fetch } = options;
    const endpoint = fetch === undefined ? this.#endpoint : withFetch(this.#endpoint, fetch);
    try {
      return await withDeadline({ signal, timeoutMs }, (attempt) => this.#ask(request, endpoint, attempt));
    } catch (error) {
      throw toSignError(error, endpoint.apiKey);
    }
  }

  async #ask(request: SignRequest, endpoint: Endpoint, attempt: Attempt): Promise<SignResult> {
    const { address, payload, algo, pairId, chain } = request;
    const message = buildSpMessage(payload, address);
    const spSignature = await this.#signer.sign(message);
    const body = encodeSign({ address, payload, algo, spSignature, pairId, chain });
    const answer = await callJson(
      endpoint,
      { method: "POST", path: signPath, body, idempotencyKey: uuid() },
      attempt,
    );
    const result = decodeSignResult(answer, algo);
    await checkSignResult(result, { message, spSignature }, this.#octanePublicKey);
    return result;
  }
}

function refuseBrowser(): void {
  if (typeof window === "undefined" || typeof document === "undefined") return;
  throw new ConfigError(
    "AstrotrainClient",
    "holds the SP's keys and must not be made in a browser. Sign on your backend, and let the page reach it through a proxy of yours.",
  );
}

function readOctaneKey(octanePublicKey: unknown): Uint8Array | undefined {
  if (octanePublicKey === undefined) return undefined;
  const key = readKey(octanePublicKey);
  if (key === undefined)
    throw new ConfigError("octanePublicKey", "must be 32 bytes, or base64url of them without padding.");
  return key;
}
