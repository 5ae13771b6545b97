import { type Chain, isChain } from "../link/chains.js";
import type { ApplianceEnd, OctaneEnd, Wallet } from "../link/messages.js";
import { type RandomBytes, uuid } from "../random.js";
import { type ApprovalOption, type ApprovalRequest, createDecide } from "./approval.js";
import { openCard, type PairingCard } from "./card.js";
import { ApplianceError } from "./errors.js";
import { createIdentity } from "./identity.js";
import { createKeyStore } from "./keyStore.js";
import { createPairs, type Pairs } from "./pairs.js";
import { countPrompts } from "./prompts.js";
import { createSigning, type Signing, type WaitingRequest } from "./signing.js";

/** A private key to take in. */
export type ImportKeyOptions = {
  /** The chain the wallet is named by in the answer; a key for one EVM chain serves all seven. */
  readonly chain: Chain;
  /** Hex, with or without `0x`, or bytes: 32 for EVM, 32 or 64 (a Solana key file) for Solana. */
  readonly privateKey: string | Uint8Array;
};

/** What a test does in the place of the appliance's owner. */
export type Appliance = {
  /** Every address on every chain. */
  readonly wallets: () => readonly Wallet[];
  /** Takes a private key in. Pairings made before do not reach it. @throws ApplianceError `bad_key`. */
  readonly importKey: (options: ImportKeyOptions) => Wallet;
  /**
   * Scans a pairing link, either form, or takes a bare session id. `code` is what the owner types where the link
   * carries none. @throws ApplianceError `bad_link`, `bad_code`, `session_not_found` or `session_over`.
   */
  readonly open: (pairUri: string, options?: { readonly code?: string }) => Promise<PairingCard>;
  /** The signature requests that wait for an answer, oldest first. */
  readonly requests: () => Promise<readonly WaitingRequest[]>;
  /**
   * How often the owner has been asked, to pair or to sign or both: whoever repeats a request that had been answered
   * must not raise it.
   */
  readonly prompts: (kind?: ApprovalRequest["kind"]) => number;
  /** Ends a pairing from the owner's side; again is no error. @throws ApplianceError `pair_not_found`. */
  readonly revoke: (pairId: string) => Promise<void>;
};

/** What an appliance needs from outside. */
export type ApplianceDeps = {
  readonly octane: OctaneEnd;
  readonly approval: ApprovalOption;
  readonly mnemonic: string;
  readonly walletsPerChain: number;
  readonly randomBytes: RandomBytes;
};

/** Makes an appliance: what its owner does, and what octane asks of it. */
export function createAppliance(deps: ApplianceDeps): { appliance: Appliance; end: ApplianceEnd } {
  const { octane, randomBytes } = deps;
  const { decide, prompts } = countPrompts(createDecide(deps.approval));
  const keys = createKeyStore(deps.mnemonic, deps.walletsPerChain);
  const pairs = createPairs(createIdentity(randomBytes));
  const signing = createSigning(keys, pairs, decide);
  const cards = { octane, pairs, decide, wallets: keys.wallets, newPairId: () => uuid(randomBytes) };
  const announce = (): void => void octane.announce(keys.wallets());
  announce();
  const appliance: Appliance = {
    wallets: keys.wallets,
    importKey: ({ chain, privateKey }) => {
      requireChain(chain);
      const wallet = keys.add(chain, privateKey);
      announce();
      return wallet;
    },
    open: async (pairUri, { code } = {}) => openCard(cards, pairUri, code),
    requests: async () => signing.waiting(),
    prompts,
    revoke: async (pairId) => {
      if (!pairs.has(pairId))
        throw new ApplianceError("pair_not_found", "The appliance has no such pairing.");
      await octane.revoke(pairId);
    },
  };
  return { appliance: Object.freeze(appliance), end: endOf(pairs, signing) };
}

function endOf(pairs: Pairs, signing: Signing): ApplianceEnd {
  return {
    validate: async (request) => pairs.validate(request),
    sign: signing.sign,
    revoked: async (pairId) => {
      pairs.revoke(pairId);
      signing.revoked(pairId);
    },
  };
}

function requireChain(chain: string): void {
  if (!isChain(chain)) throw new TypeError(`importKey: ${JSON.stringify(chain)} is not a chain of Sigil's.`);
}
