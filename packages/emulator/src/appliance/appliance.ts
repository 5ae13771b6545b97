import type { EmulatorClock } from "../clock/clock.js";
import { fromBase64Url } from "../encoding/base64url.js";
import type { Emit } from "../events/events.js";
import type { Journal } from "../journal/Journal.js";
import { openRows } from "../journal/rows.js";
import { type Chain, isChain } from "../link/chains.js";
import { type Link, LinkDown } from "../link/link.js";
import type { ApplianceEnd, Wallet } from "../link/messages.js";
import { type RandomBytes, uuid } from "../random.js";
import { type ApprovalOption, type ApprovalRequest, createDecide } from "./approval.js";
import { type OpenOptions, openCard, type PairingCard } from "./card.js";
import { createCards } from "./cards.js";
import { createDeciding } from "./deciding.js";
import { keyHex } from "./deviceKey.js";
import { ApplianceError } from "./errors.js";
import { createIdentity } from "./identity.js";
import { createKeyStore, type ImportedKey } from "./keyStore.js";
import { type AppliancePair, createPairs, type PairRow } from "./pairs.js";
import { countPrompts } from "./prompts.js";
import { reachable } from "./reachable.js";
import type { StandingRules } from "./rules/rules.js";
import { createSigning, type WaitingRequest } from "./signing.js";

/** A private key to take in. */
export type ImportKeyOptions = {
  /** The chain the wallet is named by in the answer; a key for one EVM chain serves all seven. */
  readonly chain: Chain;
  /** Hex, with or without `0x`, or bytes: 32 for EVM, 32 or 64 (a Solana key file) for Solana. */
  readonly privateKey: string | Uint8Array;
};

/** What a test does in the place of the appliance's owner. */
export type Appliance = {
  /** A UUID. */
  readonly id: string;
  /** What its owner calls it. */
  readonly name: string;
  /** Every address on every chain. */
  readonly wallets: () => readonly Wallet[];
  /** Takes a private key in. Pairings made before do not reach it. @throws ApplianceError `bad_key`. */
  readonly importKey: (options: ImportKeyOptions) => Wallet;
  /**
   * Scans a pairing link, either form, or takes a bare session id. @throws ApplianceError `bad_link`, `bad_code`,
   * `session_not_found`, `session_over` or `appliance_offline`.
   */
  readonly open: (pairUri: string, options?: OpenOptions) => Promise<PairingCard>;
  /** The scanned sessions that wait for an answer, oldest first. */
  readonly cards: () => readonly PairingCard[];
  /** The appliance's own record of its pairings, oldest first; without the validation codes. */
  readonly pairs: () => readonly AppliancePair[];
  /** The signature requests that wait for an answer, oldest first. */
  readonly requests: () => Promise<readonly WaitingRequest[]>;
  /**
   * How often the owner has been asked, to pair or to sign or both: whoever repeats a request that had been answered
   * must not raise it.
   */
  readonly prompts: (kind?: ApprovalRequest["kind"]) => number;
  /**
   * Ends a pairing from the owner's side; again is no error. Offline the appliance signs no more for it at once, and
   * octane hears of it once it is back. @throws ApplianceError `pair_not_found`.
   */
  readonly revoke: (pairId: string) => Promise<void>;
  /** Whether octane reaches it. */
  readonly online: () => boolean;
  /**
   * Takes the appliance off the network or back on it. Offline, `sign` and `validateSpKey` are answered 503
   * `appliance_offline`, and what waits for the owner is, too. Back on it, each side hears what the other has revoked.
   */
  readonly setOnline: (online: boolean) => void;
};

/** An appliance as it is kept. Secret. */
export type ApplianceRow = {
  readonly id: string;
  readonly name: string;
  /** Base64url of 32 bytes. */
  readonly identity_seed: string;
  readonly mnemonic: string;
  readonly wallets_per_chain: number;
  readonly imported_keys: readonly ImportedKey[];
  readonly online: boolean;
};

/** The fields of an {@link ApplianceRow} that are no plain text or number. */
export const nestedInAppliances = ["imported_keys", "online"] as const;

/** What an appliance needs from outside. */
export type ApplianceDeps = {
  readonly row: ApplianceRow;
  readonly link: Pick<Link, "octane" | "isUp" | "setUp">;
  readonly approval: ApprovalOption;
  readonly rules: StandingRules;
  readonly maxWrongCodes: () => number;
  readonly clock: EmulatorClock;
  readonly randomBytes: RandomBytes;
  readonly emit: Emit;
  readonly journal: Journal;
};

/** What {@link createAppliance} makes: what its owner does, what octane asks of it, and its lines to the emulator. */
export type MadeAppliance = {
  readonly appliance: Appliance;
  readonly end: ApplianceEnd;
  /** Tells octane which addresses there are. Called once the link is attached. */
  connect(): void;
  /** As it was when made, without pairings and keys taken in. */
  reset(): void;
  /** Is no more. */
  forget(): void;
};

/** Makes an appliance of its row. */
export function createAppliance(deps: ApplianceDeps): MadeAppliance {
  const { link, clock, randomBytes, emit, journal } = deps;
  const octane = reachable(link.octane);
  const rows = openRows<ApplianceRow>(journal, "appliances", nestedInAppliances);
  let row = deps.row;
  let forgotten = false;
  const change = (fields: Partial<ApplianceRow>): void => {
    // Whoever still has the handle of one that is no more does not bring it back.
    if (forgotten) return;
    row = { ...row, ...fields };
    rows.put(row.id, row);
  };
  const { id, name } = row;
  const { decide, prompts, clear } = countPrompts(
    createDeciding(deps.rules, createDecide(deps.approval), { id, name }),
  );
  const keys = createKeyStore(row.mnemonic, row.wallets_per_chain, row.imported_keys);
  const pairs = createPairs({
    applianceId: id,
    identity: createIdentity(fromBase64Url(row.identity_seed) ?? new Uint8Array(32)),
    maxWrongCodes: deps.maxWrongCodes,
    octaneKnows: link.isUp,
    rows: openRows<PairRow>(journal, "appliance_pairs", ["sp", "bindings"]),
  });
  const signing = createSigning({ keys, pairs, decide, clock });
  const cards = createCards<PairingCard>(clock.now);
  const newPairId = (): string => uuid(randomBytes);
  const cardDeps = { octane, pairs, cards, clock, decide, wallets: keys.wallets, newPairId };

  const announce = (): void => void link.octane.announce(keys.wallets()).catch(ignoreLinkDown);
  const end: ApplianceEnd = {
    validate: async (request) => {
      const answer = pairs.validate(request);
      await journal.safe();
      return answer;
    },
    sign: async (message, signal) => {
      const answer = await signing.sign(message, signal);
      await journal.safe();
      return answer;
    },
    revoked: async (pairId) => {
      pairs.revoke(pairId);
      signing.revoked(pairId);
    },
  };
  const tellRevoked = (pairId: string): Promise<void> => link.octane.revoke(pairId).catch(ignoreLinkDown);
  /** Tells octane which addresses there are, and which pairings are over, and hears the same of it. */
  const meet = (): void => {
    announce();
    for (const { pair_id, state } of pairs.all()) {
      // Storage that fails is told to whoever waits for an answer, which here is nobody.
      if (state === "revoked") void tellRevoked(pair_id).catch(() => {});
    }
  };
  const setOnline = (online: boolean): void => {
    if (forgotten || online === link.isUp()) return;
    link.setUp(online);
    change({ online });
    emit(online ? "appliance_online" : "appliance_offline", { appliance_id: id });
    if (online) meet();
  };
  const appliance: Appliance = {
    id,
    name,
    wallets: keys.wallets,
    importKey: ({ chain, privateKey }) => {
      requireChain(chain);
      const before = keys.wallets().length;
      const wallet = keys.add(chain, privateKey);
      if (keys.wallets().length === before) return wallet;
      change({ imported_keys: [...row.imported_keys, { chain, private_key: keyHex(privateKey) }] });
      announce();
      return wallet;
    },
    open: async (pairUri, options = {}) => openCard(cardDeps, pairUri, options),
    cards: cards.all,
    pairs: pairs.all,
    requests: async () => signing.waiting(),
    prompts,
    revoke: async (pairId) => {
      if (!pairs.has(pairId))
        throw new ApplianceError("pair_not_found", "The appliance has no such pairing.");
      await end.revoked(pairId);
      await tellRevoked(pairId);
      await journal.safe();
    },
    online: link.isUp,
    setOnline,
  };
  return {
    appliance: Object.freeze(appliance),
    end,
    connect: () => {
      if (row.online) return meet();
      announce();
      link.setUp(false);
    },
    reset: () => {
      pairs.clear();
      cards.clear();
      keys.reset();
      clear();
      setOnline(true);
      change({ imported_keys: [], online: true });
      announce();
    },
    forget: () => {
      pairs.clear();
      cards.clear();
      link.setUp(false);
      forgotten = true;
      rows.remove(id);
    },
  };
}

/** Octane hears of it once the appliance is back. */
function ignoreLinkDown(error: unknown): void {
  if (!(error instanceof LinkDown)) throw error;
}

function requireChain(chain: string): void {
  if (!isChain(chain)) throw new TypeError(`importKey: ${JSON.stringify(chain)} is not a chain of Sigil's.`);
}
