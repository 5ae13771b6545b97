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

/** What octane allows everybody. */
export type PolicyChange = {
  readonly supportedChains?: readonly string[];
  readonly rateLimit?: { readonly requests: number; readonly perMs: number };
};

/**
 * The appliance's owner, as far as the checks need one, and whoever runs octane, in what is optional. A function that throws says that nobody can do this: the checks
 * that need it are not tried, and the message is the reason.
 */
export type Approver = {
  /** Resolves once the owner has been asked; what the owner did is read from octane. */
  readonly pair: (prompt: PairPrompt) => Promise<void>;
  /** Called before the request is sent. Resolves once the owner knows what to do about it. */
  readonly sign: (prompt: SignPrompt) => Promise<void>;
  /** Called once a request that is to be left alone is on its way. Resolves once the owner has it. */
  readonly arrived: (prompt: SignPrompt) => Promise<void>;
  /** Ends the pairing from the owner's side. */
  readonly revoke: (pairId: string) => Promise<void>;
  /** Takes the appliance off the network, or puts it back. */
  readonly setOnline?: (online: boolean) => Promise<void>;
  /** Lets time pass on octane's clock, in milliseconds. Without it the checks wait. */
  readonly elapse?: (ms: number) => Promise<void>;
  /** Changes what octane allows; without a change it is as it was before. */
  readonly setPolicy?: (change?: PolicyChange) => Promise<void>;
  /** Called when the run is over. */
  readonly done?: () => Promise<void>;
};
