import type { PairCompleted, PairError } from "@sigil/astrotrain/pairing";

/** A session that a phone can join. */
export type OpenSession = {
  readonly sessionId: string;
  /** `sigil://pair?session=…`, for the QR code: the owner types the code that they see next to it. */
  readonly qrUri: string;
  /** `https://sigilvault.xyz/pair?session=…&v=NNNNNN`, for the phone that this page is on. */
  readonly link: string;
  /** The same without the code, for another device. */
  readonly shareLink: string;
  /** Six digits, where your server gave them. */
  readonly code: string | undefined;
  /**
   * Milliseconds since 1970, by this device's clock. `undefined` where that clock cannot be right, since no session lives
   * longer than ten minutes: then octane alone says when the time is up.
   */
  readonly expiresAt: number | undefined;
};

/** The owner declined, the code they typed was wrong, or somebody cancelled: `reason` says which. */
export type PairRejection = Extract<PairError, { readonly kind: "rejected" }>;

/** Octane says that the session's time was up. */
export type PairExpiry = Extract<PairError, { readonly kind: "expired" }>;

/** Your server, or octane behind it, was not reached (`network`), refused (`http`) or gave something else (`deserialise`). */
export type PairFailure = Extract<PairError, { readonly kind: "network" | "http" | "deserialise" }>;

/** Where a pairing stands. The names are this project's own. */
export type PairState =
  /** Nothing has happened yet; also what a server renders. */
  | { readonly status: "idle" }
  /** Your server is opening a session, or has not said yet whether the one that this device remembers is this user's. */
  | { readonly status: "creating" }
  /** The code can be scanned, the link tapped. */
  | { readonly status: "ready"; readonly session: OpenSession }
  /** The link was tapped on this device, and the phone app has the word. */
  | { readonly status: "opened"; readonly session: OpenSession }
  /** By this device's clock the time is up, but octane has not said so yet: the owner may have approved. */
  | { readonly status: "overdue"; readonly session: OpenSession }
  | { readonly status: "complete"; readonly pair: PairCompleted }
  | { readonly status: "rejected"; readonly error: PairRejection }
  | { readonly status: "expired"; readonly error: PairExpiry }
  /**
   * `session` where one is open still, whose outcome nobody knows: ask again with `check`. It is without its code as long as it
   * may be that of another user of this device.
   */
  | { readonly status: "error"; readonly error: PairFailure; readonly session: OpenSession | undefined };
