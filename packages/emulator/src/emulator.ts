import { ed25519 } from "@noble/curves/ed25519.js";
import { type Appliance, createAppliance } from "./appliance/appliance.js";
import type { ApprovalDecision } from "./appliance/approval.js";
import { toBase64Url } from "./encoding/base64url.js";
import { createFaults, type Faults } from "./faults/faults.js";
import { createFetch } from "./fetch.js";
import { createLink } from "./link/link.js";
import { createOctane, type Octane } from "./octane/octane.js";
import { type EmulatorOptions, type SpOptions, settingsOf } from "./options.js";
import { type RandomBytes, systemRandom } from "./random.js";

/** What a service provider needs to talk to this emulator. Bytes are base64url without padding. */
export type EmulatorSp = {
  /** The Bearer token, `sk_test_emulator_…`. */
  readonly apiKey: string;
  /** The 32-byte seed of the Ed25519 key the service provider signs with. */
  readonly privateKeySeed: string;
  /** The 32-byte public half of that key. */
  readonly publicKey: string;
  /** The 32-byte Ed25519 public key octane signs with. */
  readonly octanePublicKey: string;
};

/** Octane and one appliance, in this process. */
export type Emulator = {
  /**
   * The platform's `fetch`, answered by octane: hand it to the SDK. Takes any origin, with or without `/octane` before
   * the path, and needs no `this`.
   */
  readonly fetch: typeof globalThis.fetch;
  /** A service provider octane already knows. */
  readonly sp: EmulatorSp;
  /** Makes octane know another service provider, which sees nothing of the first one's. */
  readonly addSp: (options?: SpOptions) => EmulatorSp;
  /** The appliance, as its owner holds it. */
  readonly appliance: Appliance;
  /** What goes wrong between octane and its callers. Nothing, until a test says so. */
  readonly faults: Faults;
};

/**
 * Makes an octane and an appliance that know each other and nobody else: two emulators share nothing.
 *
 * @param options All optional, see {@link EmulatorOptions}.
 * @throws TypeError or RangeError where an option is not what it says.
 * @example
 * ```ts
 * const emulator = createEmulator();
 * const response = await emulator.fetch("https://octane.test/sp/pair/sessions", {
 *   method: "POST",
 *   headers: { authorization: `Bearer ${emulator.sp.apiKey}`, "content-type": "application/json" },
 *   body: JSON.stringify({ sp_user_ref: "ada", requested_scopes: [{ chain: "base", access: "sign" }] }),
 * });
 * const { pair_uri } = await response.json();
 * await emulator.appliance.open(`${pair_uri}&v=123456`); // scans, and approves
 * ```
 */
export function createEmulator<const Decision extends ApprovalDecision = ApprovalDecision>(
  options: EmulatorOptions<Decision> = {},
): Emulator {
  const { now, userTimeoutMs, allowedReturnOrigins, ...appliance } = settingsOf(options);
  const link = createLink();
  const randomBytes = systemRandom;
  const octane = createOctane({ appliance: link.appliance, now, randomBytes, userTimeoutMs });
  link.attachOctane(octane.end);
  const device = createAppliance({ octane: link.octane, randomBytes, ...appliance });
  link.attachAppliance(device.end);
  const addSp = spMaker(octane, randomBytes);
  const sp = addSp({ name: "Test service provider", allowedReturnOrigins });
  const { faults, pass } = createFaults();
  const fetch = createFetch((request, signal) =>
    pass({
      request,
      signal,
      handle: (each, answered) =>
        octane.fetch(each, { answered, ...(signal === undefined ? {} : { signal }) }),
    }),
  );
  return seal({ fetch, addSp, appliance: device.appliance, faults }, sp);
}

/** A service provider makes its own key; octane gets the public half. */
function spMaker(octane: Octane, randomBytes: RandomBytes): Emulator["addSp"] {
  let made = 0;
  return ({ name, allowedReturnOrigins = [] } = {}) => {
    made += 1;
    const seed = randomBytes(32);
    const publicKey = ed25519.getPublicKey(seed);
    const named = name ?? `Test service provider ${made}`;
    const apiKey = octane.addSp({ name: named, publicKey, allowedReturnOrigins });
    return Object.freeze({
      apiKey,
      privateKeySeed: toBase64Url(seed),
      publicKey: toBase64Url(publicKey),
      octanePublicKey: octane.publicKey,
    });
  };
}

/** The service provider's keys stay out of what prints the emulator: only `emulator.sp` itself shows them. */
function seal(parts: Omit<Emulator, "sp">, sp: EmulatorSp): Emulator {
  const emulator = Object.defineProperty({ ...parts }, "sp", { get: () => sp, enumerable: false });
  return Object.freeze(emulator) as Emulator;
}
