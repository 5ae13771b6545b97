/** An Ed25519 key pair whose seed is out of reach. */
export type Ed25519Key = {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 64 bytes, deterministic (RFC 8032 section 5.1.6). */
  sign(message: Uint8Array): Promise<Uint8Array>;
  /** Wipes what this process can wipe of the key. It signs no more. */
  destroy(): void;
};

/**
 * Whether 64 bytes are a signature over a message, under a key that was given beforehand. May reject where the key is no point
 * of the curve.
 */
export type VerifyEd25519 = (signature: Uint8Array, message: Uint8Array) => Promise<boolean>;

/** One implementation of Ed25519 (RFC 8032); all of them give the same bytes. */
export type Ed25519 = {
  /** `seed` is 32 bytes. Afterwards it is not needed any more, and may be wiped. */
  importSeed(seed: Uint8Array): Promise<Ed25519Key>;
  /** `publicKey` is 32 bytes that stay as they are. It is imported at the first use, which takes as long as to verify. */
  verifier(publicKey: Uint8Array): VerifyEd25519;
};

export const destroyed = (): Error => new Error("the key has been destroyed");
