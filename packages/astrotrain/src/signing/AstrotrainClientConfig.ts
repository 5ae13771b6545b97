import { ConfigError } from "../errors/ConfigError.js";
import type { NamesOf } from "../internal/refuseMisspelt.js";
import { checkLimits } from "../transport/deadline.js";
import { isSmallOrder } from "./ed25519/isSmallOrder.js";
import { readKey, type SpKeyConfig } from "./SpSigner.js";

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
   * a `fetch` that waits longer, such as `createNodeFetch` of `@sigil/astrotrain/node`.
   *
   * @defaultValue 300,000 ms
   */
  readonly timeoutMs?: number | undefined;
  /** Calls for the same signature while one is under way share it, and its prompt. @defaultValue false */
  readonly dedupe?: boolean | undefined;
  /**
   * How many requests may wait for an answer at once; the rest wait in line, on their own time. Each takes one HTTP/1.1
   * connection for as long as its user takes to decide.
   *
   * @defaultValue 64
   */
  readonly maxConcurrency?: number | undefined;
};

export const configNames: NamesOf<AstrotrainClientConfig> = {
  ...{ octaneUrl: true, apiKey: true, privateKeySeed: true, signer: true, octanePublicKey: true },
  ...{ fetch: true, timeoutMs: true, dedupe: true, maxConcurrency: true },
};

/** What the client itself keeps of its configuration, checked, with the defaults filled in. */
type ClientSettings = {
  readonly timeoutMs: number;
  readonly octanePublicKey: Uint8Array | undefined;
  readonly maxConcurrency: number;
  readonly dedupe: boolean;
};

/** @throws ConfigError for `timeoutMs`, `octanePublicKey`, `maxConcurrency` or `dedupe`. */
export function readConfig(config: AstrotrainClientConfig): ClientSettings {
  checkLimits(config);
  return {
    timeoutMs: config.timeoutMs ?? signTimeoutMs,
    octanePublicKey: readOctaneKey(config.octanePublicKey),
    maxConcurrency: checkConcurrency(config.maxConcurrency),
    dedupe: checkDedupe(config.dedupe),
  };
}

function checkConcurrency(value: unknown = 64): number {
  if (!Number.isSafeInteger(value) || (value as number) < 1)
    throw new ConfigError("maxConcurrency", "must be a whole number from 1.");
  return value as number;
}

function checkDedupe(value: unknown): boolean {
  if (value !== undefined && typeof value !== "boolean")
    throw new ConfigError("dedupe", "must be true or false.");
  return value === true;
}

/** @throws ConfigError where there are `window` and `document`. */
export function refuseBrowser(): void {
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
  // Anyone could sign for it.
  if (isSmallOrder(key))
    throw new ConfigError(
      "octanePublicKey",
      "is a point of small order, such as all zeros, and no key: give octane's.",
    );
  return key;
}
