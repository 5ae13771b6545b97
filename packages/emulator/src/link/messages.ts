/**
 * What octane and an appliance say to each other. Every message is plain JSON data, bytes as base64url, so that a link
 * could as well be a wire. No message ever carries a private key.
 */
import type { Algo, Chain } from "./chains.js";

/** What a scope allows: to see a wallet, or to have it sign. */
export type Access = "sign" | "read";

/** One thing a service provider asks for, or is granted. */
export type Scope = { readonly chain: Chain; readonly access: Access };

/** One address of the appliance on one chain. */
export type Wallet = { readonly chain: Chain; readonly wallet_index: number; readonly address: string };

/** One wallet a pairing reaches, and what for. */
export type Binding = Wallet & { readonly access: Access };

/** Who asks, as the appliance shows it to its owner. `public_key` is base64url of 32 bytes. */
export type SpIdentity = {
  readonly id: string;
  readonly name: string;
  readonly public_key: string;
  /** An https address. */
  readonly logo?: string;
  /** An https address. */
  readonly homepage?: string;
};

/** A pairing session as the appliance sees it once its link has been scanned. */
export type SessionOffer = {
  readonly session_id: string;
  readonly sp: SpIdentity;
  readonly sp_user_ref: string;
  readonly requested_scopes: readonly Scope[];
  /** RFC 3339, UTC. */
  readonly expires_at: string;
  /** Where the phone goes after approval. */
  readonly return_url?: string;
};

/** Why a session can no longer be answered. */
export type SessionOver =
  | { readonly kind: "unknown" }
  | { readonly kind: "over"; readonly how: "completed" | "rejected" | "expired" };

/** The answer to a scan. */
export type SessionLookup = { readonly kind: "open"; readonly offer: SessionOffer } | SessionOver;

/** The owner's approval of a session. The validation code is not in it: octane never learns the owner's. */
type Approval = {
  readonly session_id: string;
  readonly pair_id: string;
  readonly bindings: readonly Binding[];
};

/** The answer to an approval or a refusal of a session. */
export type SessionVerdict = { readonly kind: "done" } | SessionOver;

/** A validation code for the appliance to compare. */
export type ValidateRequest = { readonly pair_id: string; readonly code: string };

/** `wrong` says whether this was the wrong code that ended the pairing. */
export type ValidateAnswer =
  | { readonly kind: "signed"; readonly signature: string; readonly device_public_key: string }
  | { readonly kind: "wrong"; readonly revoked: boolean }
  | { readonly kind: "revoked" };

/** A signature the appliance's owner is asked for. */
export type SignMessage = {
  readonly request_id: string;
  readonly pair_id: string;
  readonly sp: SpIdentity;
  readonly sp_user_ref: string;
  readonly address: string;
  readonly chain?: Chain;
  readonly algo: Algo;
  /** Base64url: the 32-byte digest for secp256k1, the message itself for Ed25519. */
  readonly payload: string;
};

/** What became of a signature that was asked for. */
export type SignAnswer =
  | { readonly kind: "signed"; readonly signature: string }
  | { readonly kind: "rejected"; readonly reason: string }
  | { readonly kind: "revoked" }
  | { readonly kind: "out_of_scope" };

/** The appliance's end, as octane calls it. */
export type ApplianceEnd = {
  validate(request: ValidateRequest): Promise<ValidateAnswer>;
  /** Rejects with the signal's reason where that aborts before the owner has decided. */
  sign(message: SignMessage, signal: AbortSignal): Promise<SignAnswer>;
  revoked(pairId: string): Promise<void>;
};

/** Octane's end, as the appliance calls it. */
export type OctaneEnd = {
  /** Which addresses the appliance holds, all of them each time. */
  announce(wallets: readonly Wallet[]): Promise<void>;
  session(sessionId: string): Promise<SessionLookup>;
  complete(approval: Approval): Promise<SessionVerdict>;
  reject(sessionId: string, reason: string): Promise<SessionVerdict>;
  revoke(pairId: string): Promise<void>;
};
