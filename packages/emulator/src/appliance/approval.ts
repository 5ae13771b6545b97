import type { SessionOffer, SignMessage } from "../link/messages.js";

/** A pairing session the owner is asked about. */
export type PairApprovalRequest = SessionOffer & { readonly kind: "pair" };

/** A signature the owner is asked for. */
export type SignApprovalRequest = SignMessage & { readonly kind: "sign" };

/** What the owner is asked: tell the two apart by `kind`. */
export type ApprovalRequest = PairApprovalRequest | SignApprovalRequest;

/** `wait` leaves it to the card or the request on the appliance. */
export type ApprovalDecision = "approve" | "reject" | "wait";

/**
 * Who decides on the appliance: `"auto"` approves everything, `"manual"` leaves everything to the test, a function
 * decides each time. The parameter is inferred: without it TypeScript widens what an async function returns to `string`.
 */
export type ApprovalOption<Decision extends ApprovalDecision = ApprovalDecision> =
  | "auto"
  | "manual"
  | ((request: ApprovalRequest) => Decision | Promise<Decision>);

/** Decides on one request. */
export type Decide = (request: ApprovalRequest) => Promise<ApprovalDecision>;

/** The reason given when nobody gave another. */
export const defaultReason: string = "rejected by the user";

/** @throws TypeError where the option is none of the three. */
export function createDecide(option: ApprovalOption): Decide {
  if (option === "auto") return async () => "approve";
  if (option === "manual") return async () => "wait";
  if (typeof option !== "function") {
    throw new TypeError('approval must be "auto", "manual" or a function.');
  }
  return async (request) => {
    const decision = await option(request);
    if (decision === "approve" || decision === "reject" || decision === "wait") return decision;
    throw new TypeError('The approval function must return "approve", "reject" or "wait".');
  };
}
