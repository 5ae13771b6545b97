import type { Algo } from "./wallets.js";

/** All that a signer may know: where octane is, who asks, and for which wallet. Made anew for each case. */
export type Access = {
  readonly octaneUrl: string;
  /** The service provider's bearer key. */
  readonly apiKey: string;
  /** The service provider's Ed25519 seed, 32 bytes. */
  readonly privateKeySeed: Uint8Array;
  /** Octane's Ed25519 key, 32 bytes. */
  readonly octanePublicKey: Uint8Array;
  /** The only way to octane. */
  readonly fetch: typeof globalThis.fetch;
  /** How long a signature may take. */
  readonly timeoutMs: number;
  /** The wallet's address: checksummed hexadecimal, or base58. */
  readonly address: string;
  readonly pairId: string;
};

/** One call that is ready to be made, and what is known of it. Made from its number alone: other numbers, other bytes. */
export type SignerCall<Signer, Output = unknown> = {
  /** What the signer will be given. */
  readonly input: unknown;
  run(signer: Signer, abortSignal?: AbortSignal): Promise<Output>;
  /** By the host's own means: whether the output is the wallet's signature over the input as it was made. */
  verify(output: Output): boolean | Promise<boolean>;
  /** Changes the input, as its owner could while the signer waits, so that other bytes would be signed. */
  change(): void;
  /** Where the host signs into the input: whether nothing was. */
  unsigned?(): boolean;
};

export type SignerMethod<Signer> = {
  /** Deterministic. */
  readonly call: (n: number) => SignerCall<Signer>;
  /** How often the user is asked. @defaultValue 1 */
  readonly prompts?: number;
  /** The host hands a signal on to this method. @defaultValue false */
  readonly abortable?: boolean;
  /** What becomes of an input that changes meanwhile. @defaultValue "signed as it was" */
  readonly changed?: "signed as it was" | "refused";
};

/** A remote signer, as the contract sees it. */
export type SignerContract<Signer> = {
  readonly name: string;
  readonly algo: Algo;
  createSigner(access: Access): Signer | Promise<Signer>;
  readonly methods: Readonly<Record<string, SignerMethod<Signer>>>;
  /** Properties that the host's contract, or the signer's own, makes read-only. */
  readonly readOnly: readonly string[];
  /** What the host expects of an error, besides octane's code in the chain of causes. */
  expectRefusal?(error: unknown, code: string): void;
};

/** One thing that must hold. `run` rejects when it doesn't. */
export type ContractCase = { readonly name: string; readonly run: () => Promise<void> };
