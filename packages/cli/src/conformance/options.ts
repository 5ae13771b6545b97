import { ed25519 } from "@noble/curves/ed25519.js";
import { AstrotrainClient } from "@sigil/astrotrain";
import type { Approver } from "./Approver.js";
import { decode } from "./bytes.js";

/** What is needed to try an octane. */
export type ConformanceOptions = {
  /** The base URL, such as `http://127.0.0.1:8124`. */
  readonly octaneUrl: string;
  /** The service provider's API key. Never shown. */
  readonly apiKey: string;
  /** The service provider's seed: 32 bytes as base64url. Never sent, never shown. */
  readonly seed: string;
  /** Who decides on the appliance. */
  readonly approver: Approver;
  /** An active pairing of this provider to sign with. Default: one that is made on the way. It is not revoked. */
  readonly pairId?: string;
  /** Octane's Ed25519 public key, 32 bytes as base64url. Without it octane's signatures are not tried. */
  readonly octanePublicKey?: string;
  /** The API key of another service provider. Without it the ids of others are not tried. */
  readonly secondApiKey?: string;
  /** An https address whose origin is on the provider's list. Without it the allowed `return_url` is not tried. */
  readonly returnUrl?: string;
  /** How long to wait for a person each time, in milliseconds. Default 120,000. */
  readonly waitMs?: number;
  /** Octane's own time-out for a person, in milliseconds, where it is to be tried. It takes that long, unless time can be moved. */
  readonly userTimeoutMs?: number;
  /** Only the checks whose id begins with one of these. Default: all. */
  readonly only?: readonly string[];
  /** Ends the run: what was paired is revoked, and the run rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch;
};

/** The options with their defaults filled in. */
export type Settings = Omit<ConformanceOptions, "seed" | "octanePublicKey"> & {
  readonly waitMs: number;
  readonly octanePublicKey: Uint8Array | undefined;
  readonly spPublicKey: Uint8Array;
  /** The service provider's Ed25519 signature; the seed stays in the closure. */
  readonly spSign: (message: Uint8Array) => Uint8Array;
};

/** @throws TypeError, or the SDK's ConfigError, naming the option without its value. */
export function settingsOf(options: ConformanceOptions): Settings {
  const { seed: spelt, octanePublicKey, ...rest } = options;
  const seed = keyOf("seed", spelt);
  // The keys go out by requests of this command's own: only to where the SDK would send them.
  new AstrotrainClient({
    octaneUrl: options.octaneUrl,
    apiKey: options.apiKey,
    privateKeySeed: seed,
  }).close();
  return {
    ...rest,
    waitMs: options.waitMs ?? 120_000,
    octanePublicKey: octanePublicKey === undefined ? undefined : keyOf("octanePublicKey", octanePublicKey),
    spPublicKey: ed25519.getPublicKey(seed),
    spSign: (message) => ed25519.sign(message, seed),
  };
}

function keyOf(name: string, text: string): Uint8Array {
  const bytes = decode(text);
  if (bytes?.length === 32) return bytes;
  throw new TypeError(`${name} must be 32 bytes as base64url without padding.`);
}
