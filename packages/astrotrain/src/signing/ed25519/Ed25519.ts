/** An Ed25519 key pair whose seed is out of reach. */
export type Ed25519Key = {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 64 bytes, deterministic (RFC 8032 section 5.1.6). */
  sign(message: Uint8Array): Promise<Uint8Array>;
  /** Wipes what this process can wipe of the key. It signs no more. */
  destroy(): void;
};

/** One implementation of Ed25519 (RFC 8032); all of them give the same bytes. */
export type Ed25519 = {
  /** `seed` is 32 bytes. Afterwards it is not needed any more, and may be wiped. */
  importSeed(seed: Uint8Array): Promise<Ed25519Key>;
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): Promise<boolean>;
};

export const destroyed = (): Error => new Error("the key has been destroyed");
