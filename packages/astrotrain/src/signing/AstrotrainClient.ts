import { bytesToBase58 } from "../encoding/base58.js";
import { bytesToB64u } from "../encoding/base64url.js";
import { ConfigError } from "../errors/ConfigError.js";
import { clientClosed } from "../errors/clientClosed.js";
import { apiKeySecret, type Secret } from "../errors/Secret.js";
import { checkId, checkOptions } from "../internal/arguments.js";
import type { CallOptions } from "../internal/CallOptions.js";
import { type NamesOf, refuseMisspelt } from "../internal/refuseMisspelt.js";
import { uuid } from "../internal/uuid.js";
import { callJson } from "../transport/callJson.js";
import { type Attempt, checkLimits, pause, withDeadline } from "../transport/deadline.js";
import { type Endpoint, toEndpoint, withFetch } from "../transport/endpoint.js";
import { Scope } from "../transport/Scope.js";
import { Slots } from "../transport/Slots.js";
import { isRefusal } from "../wire/isRefusal.js";
import { decodeSignResult, encodeSign, type SignResult, signPath } from "../wire/sign.js";
import {
  type AstrotrainClientConfig,
  configNames,
  readConfig,
  refuseBrowser,
} from "./AstrotrainClientConfig.js";
import { answerOf } from "./answerOf.js";
import { buildSpMessage } from "./buildSpMessage.js";
import { CallsUnderWay } from "./CallsUnderWay.js";
import { checkSignResult } from "./checkSignResult.js";
import type { VerifyEd25519 } from "./ed25519/Ed25519.js";
import { runtimeEd25519 } from "./ed25519/runtimeEd25519.js";
import { RevokedPairs } from "./RevokedPairs.js";
import { type Call, SharedCalls } from "./SharedCalls.js";
import { copySignRequest, type SignRequest } from "./SignRequest.js";
import { type SpSigner, toSpSigner } from "./SpSigner.js";
import { toSignError } from "./toSignError.js";
import { type Question, UnsettledCalls } from "./UnsettledCalls.js";
import { type PairWatch, tell, type WatchPairOptions, watchPair } from "./watchPair.js";

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
  readonly #apiKey: Secret;
  readonly #signer: SpSigner;
  readonly #verifyOctane: VerifyEd25519 | undefined;
  readonly #timeoutMs: number;
  readonly #slots: Slots;
  readonly #shared: SharedCalls<SignResult, Asked> | undefined;
  readonly #scope = new Scope();
  readonly #revoked = new RevokedPairs();
  readonly #unsettled = new UnsettledCalls();
  readonly #underWay = new CallsUnderWay();
  #closed = false;

  /**
   * @throws ConfigError when an option is wrong, or in a browser.
   * @throws SignError of kind `invalid_seed` or `seed_length`.
   */
  constructor(config: AstrotrainClientConfig) {
    refuseBrowser();
    checkOptions(config);
    refuseMisspelt(config, configNames);
    this.#endpoint = toEndpoint(config);
    this.#apiKey = apiKeySecret(this.#endpoint.apiKey);
    const { timeoutMs, octanePublicKey, maxConcurrency, dedupe } = readConfig(config);
    this.#timeoutMs = timeoutMs;
    this.#verifyOctane = octanePublicKey && runtimeEd25519.verifier(octanePublicKey);
    this.#slots = new Slots(maxConcurrency);
    this.#shared = dedupe ? new SharedCalls() : undefined;
    this.#signer = toSpSigner(config);
  }

  /** The SP's Ed25519 public key: base64url without padding, 32 bytes. @throws ConfigError after `close` */
  async getPublicKey(): Promise<string> {
    this.#refuseClosed();
    return bytesToB64u(await this.#signer.publicKey());
  }

  /**
   * Asks the appliance that holds `address` for one signature and waits while its owner decides. The request is sent
   * again, twice at most and under the same idempotency key, only where no byte of it can have reached octane (refused
   * connection, unknown host) or where it was put off (429 or 503 with Retry-After). Everything else ends the call;
   * where the user may have been asked the error says `outcome: "unknown"` and gives the key. The next call of this client
   * for the same signature, within ten minutes, uses that key again, so that it gets the lost answer and not a second prompt.
   *
   * The SP's signature, and octane's when `octanePublicKey` is given, are checked; the device's is checked by the
   * chain adapters. Arguments are copied, so changing them afterwards changes nothing.
   *
   * @throws SignError of any kind but `invalid_seed` and `seed_length`.
   * @throws ConfigError when an argument is wrong, or after `close`; no request leaves.
   */
  async sign(options: SignOptions): Promise<SignResult> {
    this.#refuseClosed();
    checkOptions(options);
    refuseMisspelt(options, signNames);
    // Each option is read once: what is checked is what is used.
    const request = copySignRequest(options);
    const { signal, timeoutMs = this.#timeoutMs, fetch } = options;
    checkLimits({ signal, timeoutMs });
    this.#revoked.refuse(request.pairId);
    const endpoint = fetch === undefined ? this.#endpoint : withFetch(this.#endpoint, fetch);
    const call = toCall(request);
    const leave = this.#underWay.enter(call.identity);
    const run = (attempt: Attempt): Promise<SignResult> => this.#ask(request, call, endpoint, attempt);
    // With a fetch or an id of its own it is a call of its own.
    const shared = fetch === undefined && request.idempotencyKey === undefined ? this.#shared : undefined;
    try {
      const result = await withDeadline({ signal, timeoutMs, scope: this.#scope }, (attempt) =>
        shared === undefined ? run(attempt) : shared.join(call, attempt, run),
      );
      this.#unsettled.settle(call.asked.idempotencyKey);
      return result;
    } catch (error) {
      const { idempotencyKey } = call.asked;
      throw this.#failed(toSignError(error, { idempotencyKey, apiKey: endpoint.apiKey }), request, call);
    } finally {
      leave();
    }
  }

  /**
   * Follows a pair until it is revoked: from then on `sign` with this `pairId` refuses by itself, as octane would (`http`,
   * 403, `pair_revoked`). Keeps one connection open, and with it the process, until revocation, `stop` or `close`.
   *
   * @throws ConfigError when an argument is wrong, or after `close`.
   * @example
   * ```ts
   * const watch = client.watchPair({ pairId, onRevoked: ({ pair_id }) => forget(pair_id) });
   * ```
   */
  watchPair(options: WatchPairOptions): PairWatch {
    this.#refuseClosed();
    checkOptions(options);
    refuseMisspelt(options, watchNames);
    const pairId = checkId("pairId", options.pairId);
    const { onRevoked, onError } = options;
    for (const [field, callback] of Object.entries({ onRevoked, onError })) {
      if (callback !== undefined && typeof callback !== "function")
        throw new ConfigError(field, "must be a function.");
    }
    const { base: octaneUrl, apiKey, fetch } = this.#endpoint;
    const controller = new AbortController();
    const stop = (): void => controller.abort();
    const leave = this.#scope.join(stop);
    void watchPair({ pairId, onError }, { octaneUrl, apiKey, fetch }, controller.signal).then((event) => {
      leave();
      if (event === undefined) return;
      this.#revoked.add(pairId);
      if (onRevoked !== undefined) tell(() => onRevoked(event));
    });
    return { stop };
  }

  /**
   * Ends what is under way (kind `network`; watches just end), wipes this client's copies of the SP's seed, and lets the
   * process exit, which Node's fetch holds for up to 10 s where a connection is being made. Afterwards every call is refused.
   * Again is no error.
   */
  close(): void {
    this.#closed = true;
    this.#scope.end(clientClosed());
    this.#signer.close();
  }

  async #ask(
    request: SignRequest,
    call: Call<Asked>,
    endpoint: Endpoint,
    attempt: Attempt,
  ): Promise<SignResult> {
    const { address, payload, algo, pairId, chain } = request;
    const { signal } = attempt;
    await this.#takeUp(request, call, attempt);
    signal.throwIfAborted();
    const { asked } = call;
    const { idempotencyKey } = asked;
    if (algo === "ed25519") refuseOwnKey(address, await this.#signer.publicKey());
    const message = buildSpMessage(payload, address);
    const spSignature = asked.before?.spSignature ?? (await this.#signer.sign(message));
    signal.throwIfAborted();
    asked.spSignature = spSignature;
    const body = encodeSign({ address, payload, algo, spSignature, pairId, chain });
    const post = { method: "POST", path: signPath, body, idempotencyKey } as const;
    // A revocation may have been heard of while the call waited for its turn.
    const check = (): void => this.#revoked.refuse(pairId);
    const answer = await callJson(endpoint, post, attempt, { slots: this.#slots, check, isOwn: isRefusal });
    const result = decodeSignResult(answer, algo, [this.#apiKey]);
    await checkSignResult(result, { message, spSignature, idempotencyKey }, this.#verifyOctane);
    return result;
  }

  /** What is asked for again after its answer was lost keeps the id it had. */
  async #takeUp(request: SignRequest, { identity, asked }: Call<Asked>, { signal }: Attempt): Promise<void> {
    if (request.idempotencyKey !== undefined) return;
    // One that its caller has just given up has yet to say that it leaves the question open.
    if (this.#underWay.has(identity)) await pause(0, signal);
    const before = this.#unsettled.take(identity);
    if (before !== undefined) Object.assign(asked, { before, idempotencyKey: before.id });
  }

  /** What octane said, or left open, is remembered for the next call. */
  #failed(error: unknown, { pairId }: SignRequest, { identity, asked }: Call<Asked>): unknown {
    const { idempotencyKey: id, before, spSignature = before?.spSignature } = asked;
    const answer = answerOf(error);
    if (answer === "settled") {
      if (pairId !== undefined && (error as { code?: unknown }).code === "pair_revoked")
        this.#revoked.add(pairId);
      this.#unsettled.settle(id);
      return error;
    }
    // From the first loss: an answer that octane repeats for ever must not keep the question open for ever.
    const since = before?.since ?? performance.now();
    // A try that was not heard leaves open what was open before it.
    const open = answer === "open" ? { id, since, spSignature } : before;
    if (open !== undefined) this.#unsettled.keep(identity, open);
    return error;
  }

  #refuseClosed(): void {
    if (this.#closed) throw new ConfigError("AstrotrainClient", "was closed: make a new one.");
  }
}

const signNames: NamesOf<SignOptions> = {
  ...{ address: true, payload: true, algo: true, pairId: true, chain: true, idempotencyKey: true },
  ...{ signal: true, timeoutMs: true, fetch: true },
};

const watchNames: NamesOf<WatchPairOptions> = { pairId: true, onRevoked: true, onError: true };

/** What there is to know of one request. */
type Asked = {
  /** The id under which octane knows it. */
  idempotencyKey: string;
  /** The question that it takes up again. */
  before?: Question;
  spSignature?: Uint8Array;
};

const toCall = (request: SignRequest): Call<Asked> => ({
  identity: identityOf(request),
  asked: { idempotencyKey: request.idempotencyKey ?? uuid() },
});

/** What makes two calls the same. */
const identityOf = ({ address, payload, algo, pairId, chain }: SignRequest): string =>
  JSON.stringify([algo, address, bytesToB64u(payload), pairId, chain]);

/**
 * The SP's key signs bytes that others choose the beginning of. Were it a wallet's key too, an SP signature would be that
 * wallet's signature over a message of the caller's.
 */
function refuseOwnKey(address: string, publicKey: Uint8Array): void {
  if (address !== bytesToBase58(publicKey)) return;
  throw new ConfigError(
    "address",
    "is the SP's own public key. Use a key for the SP that belongs to no wallet.",
  );
}
