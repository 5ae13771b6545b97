import type { Binding, OctaneEnd, SessionOffer, SessionOver, Wallet } from "../link/messages.js";
import { type Decide, defaultReason } from "./approval.js";
import { ApplianceError } from "./errors.js";
import type { Pairs } from "./pairs.js";
import { parsePairUri, requireCode } from "./pairUri.js";
import { bindingsOf, type GrantedScope } from "./scopes.js";

/** What the owner approves with. */
export type ApproveOptions = {
  /** The six digits the owner types. Default: those of the link, if it has any. */
  readonly code?: string;
  /** Default: all that is asked for, each over every wallet of its chain. An empty list grants nothing. */
  readonly scopes?: readonly GrantedScope[];
};

/** A pairing session on the appliance's screen. */
export type PairingCard = SessionOffer & {
  /** Pairs. @throws ApplianceError `session_over`, `scope_not_requested` or `bad_code`. */
  readonly approve: (options?: ApproveOptions) => Promise<{ pair_id: string; bindings: readonly Binding[] }>;
  /** Refuses; the service provider gets the reason. @throws ApplianceError `session_over`. */
  readonly reject: (reason?: string) => Promise<void>;
};

/** What a card needs of its appliance. */
export type CardDeps = {
  readonly octane: OctaneEnd;
  readonly pairs: Pairs;
  readonly decide: Decide;
  readonly wallets: () => readonly Wallet[];
  readonly newPairId: () => string;
};

/** Scans a link and shows what it asks for; then lets the approval setting decide. */
export async function openCard(deps: CardDeps, link: string, typedCode?: string): Promise<PairingCard> {
  const { sessionId, code: linkCode } = parsePairUri(link);
  const code = typedCode === undefined ? linkCode : requireCode(typedCode);
  const found = await deps.octane.session(sessionId);
  if (found.kind !== "open") throw overError(found);
  const card = cardOf(deps, found.offer, code);
  const decision = await deps.decide({ kind: "pair", ...structuredClone(found.offer) });
  if (decision === "approve") await card.approve();
  if (decision === "reject") await card.reject();
  return card;
}

function cardOf(deps: CardDeps, offer: SessionOffer, linkCode: string | undefined): PairingCard {
  return {
    // A copy: what the test does to it asks for nothing more than the provider did.
    ...structuredClone(offer),
    approve: async ({ code, scopes = offer.requested_scopes } = {}) => {
      const bindings = bindingsOf(scopes, offer.requested_scopes, deps.wallets());
      const pair_id = deps.newPairId();
      // On record before octane knows of it: the service provider may validate at once.
      deps.pairs.add(pair_id, bindings, code === undefined ? linkCode : requireCode(code));
      const verdict = await deps.octane.complete({ session_id: offer.session_id, pair_id, bindings });
      if (verdict.kind === "done") return { pair_id, bindings: structuredClone(bindings) };
      deps.pairs.remove(pair_id);
      throw overError(verdict);
    },
    reject: async (reason = defaultReason) => {
      const verdict = await deps.octane.reject(offer.session_id, reason);
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
