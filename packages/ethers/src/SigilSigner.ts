import { type NamesOf, refuseMisspelt } from "@sigil/astrotrain/adapter";
import {
  checkRecoverPublicKey,
  type EvmWallet,
  evmWallets,
  type FreshnessOption,
  fieldsOf,
  type RecoverOption,
  requireFreshMessage,
  requireFreshNonce,
  signDigest,
  type WalletsOptions,
} from "@sigil/evm";
import {
  AbstractSigner,
  type Authorization,
  type AuthorizationRequest,
  assertArgument,
  defineProperties,
  getAddress,
  getBigInt,
  getBytes,
  getBytesCopy,
  hashAuthorization,
  hashMessage,
  type Provider,
  resolveAddress,
  Signature,
  type TransactionRequest,
  type TypedDataDomain,
  type TypedDataField,
} from "ethers";
import { buildTransaction } from "./buildTransaction.js";
import { hashTypedData } from "./hashTypedData.js";
import { type Action, isEthersError, toEthersError } from "./toEthersError.js";

export type SigilSignerOptions = Pick<EvmWallet, "client" | "pairId" | "chain"> &
  FreshnessOption &
  RecoverOption & {
    /** The wallet's address, from `getEnabledWallets`. */
    readonly address: string;
  };

/**
 * An ethers signer whose key is on a Sigil appliance.
 *
 * Each method hashes here, asks the appliance's owner once, and verifies the signature against `address` before it
 * returns anything. What they return equals what `Wallet` returns for the same key, byte for byte.
 *
 * All methods reject with ethers' own errors and keep ours as `cause`. A user who declines, takes too long, or has not
 * yet confirmed the pairing is `ACTION_REJECTED` with reason `rejected`, `expired` or `pending`; nothing else is.
 *
 * @example
 * ```ts
 * const signer = new SigilSigner({ client, address: entry.address, pairId }, provider);
 * await signer.sendTransaction({ to, value: 1n });
 * ```
 */
export class SigilSigner<P extends null | Provider = null | Provider> extends AbstractSigner<P> {
  /** Checksummed (EIP-55), read-only. */
  declare readonly address: string;

  readonly #wallet: EvmWallet & { readonly requireFreshness: boolean };

  /** @throws INVALID_ARGUMENT when an option is wrong or its name is misspelt. */
  constructor(options: SigilSignerOptions, provider?: P) {
    super(provider);
    const { client, address, pairId, chain, requireFreshness = false, recoverPublicKey } = options ?? {};
    assertArgument(
      typeof client?.sign === "function",
      "client has no sign method: pass an AstrotrainClient",
      "client",
      "[hidden]",
    );
    try {
      refuseMisspelt(options, signerNames);
      checkRecoverPublicKey(recoverPublicKey);
    } catch (error) {
      throw toEthersError("SigilSigner", "unknown", error);
    }
    const checksummed = getAddress(address) as `0x${string}`;
    this.#wallet = { client, address: checksummed, pairId, chain, requireFreshness, recoverPublicKey };
    defineProperties<SigilSigner>(this, { address: this.#wallet.address });
  }

  /**
   * Signers for the EVM wallets of a pair: one for each entry with `sign: true`, in the entries' order, bound to the
   * entry's chain. Pass the entries of one chain to have that chain's signers. Read-only entries give none.
   *
   * @throws INVALID_ARGUMENT when `client` or `entries` is wrong, or an option's name is misspelt.
   * @example
   * ```ts
   * const { entries } = await pairing.getEnabledWallets({ octaneUrl, apiKey, pairId });
   * const [signer] = SigilSigner.fromWallets({ client, entries, pairId }, provider);
   * ```
   */
  static fromWallets(options: WalletsOptions, provider: null | Provider = null): SigilSigner[] {
    try {
      const wallets = evmWallets(options);
      refuseMisspelt(options, walletsNames);
      return wallets.map((wallet) => new SigilSigner(wallet, provider));
    } catch (error) {
      throw isEthersError(error) ? error : toEthersError("fromWallets", "unknown", error);
    }
  }

  async getAddress(): Promise<string> {
    return this.address;
  }

  /** The same wallet of the same pair, on another provider or none. */
  connect(provider: null | Provider): SigilSigner {
    return new SigilSigner(this.#wallet, provider);
  }

  async signTransaction(transaction: TransactionRequest): Promise<string> {
    return this.#guard("signTransaction", "signTransaction", async (sign) => {
      const built = await buildTransaction(transaction, this, this.#wallet.requireFreshness);
      built.signature = await sign(built.unsignedHash);
      return built.serialized;
    });
  }

  async signMessage(message: string | Uint8Array): Promise<string> {
    return this.#guard("signMessage", "signMessage", async (sign) => {
      // A copy, since what is looked at has to be what is hashed.
      const copy = typeof message === "string" ? message : getBytesCopy(message);
      if (this.#wallet.requireFreshness)
        requireFreshMessage(typeof copy === "string" ? copy : new TextDecoder().decode(copy));
      return (await sign(hashMessage(copy))).serialized;
    });
  }

  async signTypedData(
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Parameters<AbstractSigner["signTypedData"]>[2],
  ): Promise<string> {
    return this.#guard("signTypedData", "signTypedData", async (sign) => {
      const hash = await hashTypedData(
        { domain, types, value },
        this.provider,
        this.#wallet.requireFreshness,
      );
      return (await sign(hash)).serialized;
    });
  }

  /** An EIP-7702 authorization. What is missing of `chainId` and `nonce` comes from the provider; 0 is not missing. */
  override async authorize(request: AuthorizationRequest): Promise<Authorization> {
    return this.#guard("authorize", "unknown", async (sign) => {
      const copy = fieldsOf(request) as unknown as AuthorizationRequest;
      const address = await resolveAddress(copy.address, this);
      const { chainId, nonce } = await this.populateAuthorization({ ...copy, address });
      const authorization = {
        address: getAddress(address),
        // ethers' own reading, since an empty text, as BigInt reads it, would mean every chain.
        nonce: getBigInt(nonce ?? 0, "authorization.nonce"),
        chainId: getBigInt(chainId ?? 0, "authorization.chainId"),
      };
      if (this.#wallet.requireFreshness) requireFreshNonce("authorization", authorization);
      return { ...authorization, signature: await sign(hashAuthorization(authorization)) };
    });
  }

  /**
   * `run` begins at once, so that what it hashes is what the caller passed in, unchanged since. Only its own steps may
   * fail with ethers' errors; what the client throws is translated, whatever it looks like.
   */
  async #guard<T>(method: string, action: Action, run: (sign: SignHash) => Promise<T>): Promise<T> {
    const sign: SignHash = async (hash) => {
      const signature = await signDigest(this.#wallet, getBytes(hash)).catch((error: unknown) => {
        throw toEthersError(method, action, error);
      });
      return Signature.from(signature);
    };
    try {
      return await run(sign);
    } catch (error) {
      throw isEthersError(error) ? error : toEthersError(method, action, error);
    }
  }
}

const signerNames: NamesOf<SigilSignerOptions> = {
  ...{ client: true, address: true, pairId: true, chain: true },
  ...{ requireFreshness: true, recoverPublicKey: true },
};

const walletsNames: NamesOf<WalletsOptions> = {
  ...{ client: true, entries: true, pairId: true, requireFreshness: true, recoverPublicKey: true },
};

/** Has a hash signed. @throws ethers' errors */
type SignHash = (hash: string) => Promise<Signature>;
