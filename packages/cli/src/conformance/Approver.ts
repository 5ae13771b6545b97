/** A pairing that somebody has to decide about. */
export type PairPrompt = {
  /** The link the owner opens, with the validation code unless the owner is to give none. */
  readonly link: string;
  readonly sessionId: string;
  /** The six digits the owner's approval carries, or nothing for an approval without a code. */
  readonly code: string | undefined;
  readonly decision: "approve" | "reject";
  /** What is asked for, in words. */
  readonly asks: string;
};

/** A signature that somebody has to decide about. */
export type SignPrompt = {
  readonly address: string;
  /** Base64url, as it travels. */
  readonly payload: string;
  /** `leave`: the owner sees the request and does nothing. */
  readonly decision: "approve" | "reject" | "leave";
};

/**
 * The appliance's owner, as far as the checks need one. A function that throws says that nobody can do this: the checks
 * that need it are not tried, and the message is the reason.
 */
export type Approver = {
  /** Resolves once the owner has been asked; what the owner did is read from octane. */
  readonly pair: (prompt: PairPrompt) => Promise<void>;
  /** Called while the request is on its way. For `leave` it resolves once the owner has the request. */
  readonly sign: (prompt: SignPrompt) => Promise<void>;
  /** Ends the pairing from the owner's side. */
  readonly revoke: (pairId: string) => Promise<void>;
  /** Takes the appliance off the network, or puts it back. */
  readonly setOnline?: (online: boolean) => Promise<void>;
  /** Lets time pass on octane's clock. Without it the checks wait. */
  readonly elapse?: (ms: number) => Promise<void>;
};
