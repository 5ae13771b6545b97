import {
  awaitPairResult,
  createPairSession,
  getEnabledWallets,
  type PairingOptions,
  revokePairing,
  sign,
  subscribeToEvents,
  validateSpKey,
} from "@sigil/astrotrain";

/** A key and a seed as a careless log would show them: no two bytes in a row are alike, so that none is met by chance. */
export const apiKey = "sk_test_canary_9f8e7d6c5b4a";
export const seed = Uint8Array.from({ length: 32 }, (_, i) => (i * 73 + 41) & 0xff);

export const pairId = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
export const sessionId = "s-1234567890";
export const address = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
export const payload = new Uint8Array(32).fill(7);

/** What a test may change of a call. */
export type Given = Partial<PairingOptions> & Pick<PairingOptions, "octaneUrl">;

/** Every call of the SDK that asks octane something, with arguments of which nothing is wrong. */
export const calls = {
  createPairSession: (given: Given) =>
    createPairSession({
      apiKey,
      spUserRef: "user-42",
      requestedScopes: [{ chain: "ethereum", access: "sign" }],
      ...given,
    }),
  awaitPairResult: (given: Given) => awaitPairResult({ apiKey, sessionId, ...given }),
  validateSpKey: (given: Given) => validateSpKey({ apiKey, pairId, code: "012345", ...given }),
  getEnabledWallets: (given: Given) => getEnabledWallets({ apiKey, pairId, ...given }),
  subscribeToEvents: (given: Given) => subscribeToEvents({ apiKey, pairId, ...given }),
  revokePairing: (given: Given) => revokePairing({ apiKey, pairId, ...given }),
  sign: (given: Given) =>
    sign({ apiKey, privateKeySeed: seed, address, payload, algo: "secp256k1", pairId, ...given }),
} as const satisfies Record<string, (given: Given) => Promise<unknown>>;

export type CallName = keyof typeof calls;

export const callNames = Object.keys(calls) as CallName[];

/** The calls that wait for a person, and so come back after a cut until their time is up. */
export const isWait = (name: CallName): boolean => name === "awaitPairResult" || name === "subscribeToEvents";

/** The class of the errors of a call. */
export const errorName = (name: CallName): string => (name === "sign" ? "SignError" : "PairError");
