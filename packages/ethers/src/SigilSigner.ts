import { type EvmWallet, evmWallets, signDigest, snapshot, type WalletsOptions } from "@sigil/evm";
import {
  AbstractSigner,
  type Authorization,
  type AuthorizationRequest,
  assertArgument,
  defineProperties,
  getAddress,
  getBytes,
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
import { type Action, toEthersError } from "./toEthersError.js";

export type SigilSignerOptions = Pick<EvmWallet, "client" | "pairId" | "chain"> & {
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

  readonly #wallet: EvmWallet;

  /** @throws INVALID_ARGUMENT when `address` or `client` is wrong. */
  constructor(options: SigilSignerOptions, provider?: P) {
    super(provider);
    const { client, address, pairId, chain } = options;
    assertArgument(
      typeof client?.sign === "function",
      "client has no sign method: pass an AstrotrainClient",
      "client",
      "[hidden]",
    );
    this.#wallet = { client, address: getAddress(address) as `0x${string}`, pairId, chain };
    defineProperties<SigilSigner>(this, { address: this.#wallet.address });
  }

  /**
   * Signers for the EVM wallets of a pair: one for each entry with `sign: true`, in the entries' order, bound to the
   * entry's chain. Pass the entries of one chain to have that chain's signers. Read-only entries give none.
   *
   * @example
   * ```ts
   * const { entries } = await pairing.getEnabledWallets({ octaneUrl, apiKey, pairId });
   * const [signer] = SigilSigner.fromWallets({ client, entries, pairId }, provider);
   * ```
   */
  static fromWallets(options: WalletsOptions, provider: null | Provider = null): SigilSigner[] {
    return evmWallets(options).map((wallet) => new SigilSigner(wallet, provider));
  }

  async getAddress(): Promise<string> {
    return this.address;
  }

  /** The same wallet of the same pair, on another provider or none. */
  connect(provider: null | Provider): SigilSigner {
    return new SigilSigner(this.#wallet, provider);
  }

  async signTransaction(transaction: TransactionRequest): Promise<string> {
    return guard("signTransaction", "signTransaction", async () => {
      const built = await buildTransaction(transaction, this);
      built.signature = await this.#sign(built.unsignedHash);
      return built.serialized;
    });
  }

  async signMessage(message: string | Uint8Array): Promise<string> {
    return guard(
      "signMessage",
      "signMessage",
      async () => (await this.#sign(hashMessage(message))).serialized,
    );
  }

  async signTypedData(
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Parameters<AbstractSigner["signTypedData"]>[2],
  ): Promise<string> {
    return guard("signTypedData", "signTypedData", async () => {
      const hash = await hashTypedData({ domain, types, value }, this.provider);
      return (await this.#sign(hash)).serialized;
    });
  }

  /** An EIP-7702 authorization. What is missing of `chainId` and `nonce` comes from the provider; 0 is not missing. */
  override async authorize(request: AuthorizationRequest): Promise<Authorization> {
    return guard("authorize", "unknown", async () => {
      const copy = snapshot(request);
      const address = await resolveAddress(copy.address, this);
      const { chainId, nonce } = await this.populateAuthorization({ ...copy, address });
      const authorization = {
        address: getAddress(address),
        nonce: BigInt(nonce ?? 0),
        chainId: BigInt(chainId ?? 0),
      };
      return { ...authorization, signature: await this.#sign(hashAuthorization(authorization)) };
    });
  }

  async #sign(hash: string): Promise<Signature> {
    return Signature.from(await signDigest(this.#wallet, getBytes(hash)));
  }
}

/** `run` begins at once, so that what it hashes is what the caller passed in, unchanged since. */
async function guard<T>(method: string, action: Action, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw toEthersError(method, action, error);
  }
}
