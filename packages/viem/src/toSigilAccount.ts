import { checkClient, type NamesOf, refuseMisspelt } from "@sigil/astrotrain/adapter";
import {
  checkRecoverPublicKey,
  type EvmWallet,
  type FreshnessOption,
  type RecoverOption,
  refuseHash,
  signDigest,
} from "@sigil/evm";
import {
  type Address,
  type Hash,
  type Hex,
  type LocalAccount,
  type NonceManager,
  serializeSignature,
} from "viem";
import { type PrivateKeyAccount, publicKeyToAddress, toAccount } from "viem/accounts";
import { getAddress } from "viem/utils";
import { digestOfMessage, digestOfTypedData } from "./digests.js";
import { readHash } from "./readHash.js";
import { SigilAccountError, toViemError } from "./SigilAccountError.js";
import { signAuthorization } from "./signAuthorization.js";
import { signTransaction } from "./signTransaction.js";

export type ToSigilAccountOptions = Pick<EvmWallet, "client" | "pairId" | "chain"> &
  FreshnessOption &
  RecoverOption & {
    /** The wallet's address, from `getEnabledWallets`. */
    readonly address: Address;
    /** The wallet's uncompressed public key (65 bytes, `0x04…`), where you know it. It must belong to `address`. */
    readonly publicKey?: Hex | undefined;
    /** As with viem's own accounts. A nonce is taken before the user decides: one who declines leaves a gap. */
    readonly nonceManager?: NonceManager | undefined;
  };

/**
 * A viem account whose key is on a Sigil appliance. `sign` and `signAuthorization` are always there. `publicKey` is
 * there only if it was given, whatever the type says, as with viem's own `toAccount`.
 */
export type SigilAccount = LocalAccount<"sigil"> &
  Required<Pick<PrivateKeyAccount, "sign" | "signAuthorization">>;

/**
 * Makes a viem account of a wallet on a Sigil appliance.
 *
 * Each method hashes here, asks the appliance's owner once, and verifies the signature against `address` before it
 * returns anything. What they return equals `privateKeyToAccount`'s for the same key, byte for byte.
 *
 * All methods reject with errors that extend viem's `BaseError` and keep astrotrain's as `cause`; a user who declines is
 * `UserRejectedRequestError` (code 4001).
 *
 * @throws InvalidAddressError when `address` is not an address.
 * @throws SigilAccountError when `client`, `publicKey` or `recoverPublicKey` is wrong, or an option's name is misspelt.
 * @example
 * ```ts
 * const account = toSigilAccount({ client, address: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", pairId });
 * const wallet = createWalletClient({ account, chain: mainnet, transport: http() });
 * await wallet.sendTransaction({ to, value: 1n });
 * ```
 */
export function toSigilAccount(options: ToSigilAccountOptions): SigilAccount {
  const { client, pairId, chain, publicKey, nonceManager, requireFreshness = false } = options ?? {};
  try {
    checkClient(client);
    refuseMisspelt(options, names);
    checkRecoverPublicKey(options.recoverPublicKey);
  } catch (error) {
    throw toViemError("toSigilAccount", error);
  }
  const address = getAddress(options.address);
  checkPublicKey(publicKey, address);
  const wallet: EvmWallet = { client, address, pairId, chain, recoverPublicKey: options.recoverPublicKey };

  const signHash = async (hash: Hash): Promise<Hex> =>
    serializeSignature(await signDigest(wallet, readHash(hash)));
  const account = toAccount({
    address,
    nonceManager,
    sign: (parameters) =>
      guard("sign", async () => (requireFreshness ? refuseHash() : signHash(parameters.hash))),
    signAuthorization: (authorization) =>
      guard("signAuthorization", () => signAuthorization(wallet, authorization, requireFreshness)),
    signMessage: (parameters) =>
      guard("signMessage", async () => signHash(digestOfMessage(parameters.message, requireFreshness))),
    signTransaction: (transaction, options) =>
      guard("signTransaction", () =>
        signTransaction(wallet, transaction, requireFreshness, options?.serializer),
      ),
    signTypedData: (typedData) =>
      guard("signTypedData", async () => signHash(digestOfTypedData(typedData, requireFreshness))),
  });
  return { ...account, ...(publicKey === undefined ? {} : { publicKey }), source: "sigil" } as SigilAccount;
}

const names: NamesOf<ToSigilAccountOptions> = {
  ...{ client: true, address: true, pairId: true, chain: true, publicKey: true, nonceManager: true },
  ...{ requireFreshness: true, recoverPublicKey: true },
};

/** `run` begins at once, so that what it hashes is what the caller passed in, unchanged since. */
async function guard<T>(method: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw toViemError(method, error);
  }
}

function checkPublicKey(publicKey: Hex | undefined, address: Address): void {
  if (publicKey === undefined) return;
  if (/^0x04[0-9a-f]{128}$/i.test(publicKey) && publicKeyToAddress(publicKey) === address) return;
  throw new SigilAccountError(
    `publicKey is not the uncompressed public key (65 bytes) of ${address}: leave it out if you don't know it.`,
  );
}
