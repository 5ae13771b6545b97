import type { EmulatorClock } from "../clock/clock.js";
import type { Binding, OctaneEnd, SessionOffer, SessionOver, Wallet } from "../link/messages.js";
import { defaultReason } from "./approval.js";
import type { Cards } from "./cards.js";
import type { Deciding, Verdict } from "./deciding.js";
import { ApplianceError } from "./errors.js";
import type { Pairs } from "./pairs.js";
import { parsePairUri, requireCode } from "./pairUri.js";
import { bindingsOf, type GrantedScope } from "./scopes.js";

/** What the owner approves with. */
export type ApproveOptions = {
  /** The six digits the owner types. Default: those typed at the scan, or else those of the link, if it has any. */
  readonly code?: string;
  /** Default: all that is asked for, each over every wallet of its chain. An empty list grants nothing. */
  readonly scopes?: readonly GrantedScope[];
};

/** How a link is scanned. */
export type OpenOptions = {
  /** The six digits the owner types where the link carries none. */
  readonly code?: string;
  /**
   * Whether, where no code came with the scan, what would approve by itself leaves the card to its owner, who can still type one.
   * Default: false, so that nothing waits for somebody who isn't there; such a pairing never validates.
   */
  readonly waitForCode?: boolean;
};

/** A pairing session on the appliance's screen. */
export type PairingCard = SessionOffer & {
  /** Whether a code came with the scan. Without one it has to come with the approval, or the pairing never validates. */
  readonly has_code: boolean;
  /** Pairs. @throws ApplianceError `session_over`, `scope_not_requested`, `bad_code` or `appliance_offline`. */
  readonly approve: (options?: ApproveOptions) => Promise<{ pair_id: string; bindings: readonly Binding[] }>;
  /** Refuses; the service provider gets the reason. @throws ApplianceError `session_over` or `appliance_offline`. */
  readonly reject: (reason?: string) => Promise<void>;
};

/** What a card needs of its appliance. */
export type CardDeps = {
  readonly octane: OctaneEnd;
  readonly pairs: Pairs;
  readonly cards: Cards<PairingCard>;
  readonly clock: EmulatorClock;
  readonly decide: Deciding;
  readonly wallets: () => readonly Wallet[];
  readonly newPairId: () => string;
};

/** Scans a link and shows what it asks for; then lets the rules and the approval setting decide. */
export async function openCard(
  deps: CardDeps,
  link: string,
  { code: typedCode, waitForCode = false }: OpenOptions,
): Promise<PairingCard> {
  const { sessionId, code: linkCode } = parsePairUri(link);
  const code = typedCode === undefined ? linkCode : requireCode(typedCode);
  const found = await deps.octane.session(sessionId);
  if (found.kind !== "open") throw overError(found);
  const card = cardOf(deps, found.offer, code);
  deps.cards.show(card);
  try {
    const verdict = await deps.decide({ kind: "pair", ...structuredClone(found.offer) });
    if (!approves(verdict) || card.has_code || !waitForCode) await carryOut(deps, card, verdict);
  } catch (error) {
    deps.cards.away(card.session_id);
    throw error;
  }
  return card;
}

const approves = (verdict: Verdict): boolean =>
  verdict === "approve" || (typeof verdict === "object" && "then" in verdict && verdict.then === "approve");

async function carryOut({ clock, cards }: CardDeps, card: PairingCard, verdict: Verdict): Promise<void> {
  if (verdict === "wait") return;
  if (verdict === "approve") return void (await card.approve());
  if (verdict === "reject") return card.reject();
  if ("reject" in verdict) return card.reject(verdict.reject);
  const { delayMs, then } = verdict;
  const cancel = clock.later(delayMs, () => {
    const done = then === "approve" ? card.approve() : card.reject(then.reject);
    // Somebody else was quicker, or the session is over.
    done.catch(() => {});
  });
  // Left alone it would, after a reset, take of the randomness that is then another's.
  cards.untilAway(card, cancel);
}

function cardOf(deps: CardDeps, offer: SessionOffer, scannedCode: string | undefined): PairingCard {
  const { session_id, sp, sp_user_ref } = offer;
  const { octane, pairs, cards } = deps;
  return {
    // A copy: what the test does to it asks for nothing more than the provider did.
    ...structuredClone(offer),
    has_code: scannedCode !== undefined,
    approve: async ({ code: typed, scopes = offer.requested_scopes } = {}) => {
      const bindings = bindingsOf(scopes, offer.requested_scopes, deps.wallets());
      const pair_id = deps.newPairId();
      const code = typed === undefined ? scannedCode : requireCode(typed);
      // On record before octane knows of it: the service provider may validate at once.
      pairs.add({ pair_id, sp, sp_user_ref, bindings, ...(code === undefined ? {} : { code }) });
      try {
        const verdict = await octane.complete({ session_id, pair_id, bindings });
        cards.away(session_id);
        if (verdict.kind !== "done") throw overError(verdict);
        return { pair_id, bindings: structuredClone(bindings) };
      } catch (error) {
        pairs.remove(pair_id);
        throw error;
      }
    },
    reject: async (reason = defaultReason) => {
      const verdict = await octane.reject(session_id, reason);
      cards.away(session_id);
      if (verdict.kind !== "done") throw overError(verdict);
    },
  };
}

function overError(over: SessionOver): ApplianceError {
  if (over.kind === "unknown") {
    return new ApplianceError("session_not_found", "Octane knows no such pairing session: make a new one.");
  }
  return new ApplianceError("session_over", `The pairing session is over (${over.how}): make a new one.`);
}
