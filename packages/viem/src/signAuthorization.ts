import { type EvmWallet, requireFreshNonce, signDigest } from "@sigil/evm";
import type { AuthorizationRequest } from "viem";
import type { SignAuthorizationReturnType } from "viem/accounts";
import { hashAuthorization } from "viem/utils";
import { readHash } from "./readHash.js";
import { toSignature } from "./toSignature.js";

/** Signs an EIP-7702 authorization: keccak256(0x05 ‖ rlp([chainId, address, nonce])). */
export async function signAuthorization(
  wallet: EvmWallet,
  authorization: AuthorizationRequest,
  requireFreshness: boolean,
): Promise<SignAuthorizationReturnType> {
  const { chainId, nonce } = authorization;
  const address = authorization.contractAddress ?? authorization.address;
  if (requireFreshness) requireFreshNonce("authorization", { chainId, nonce });
  const hash = hashAuthorization({ address, chainId, nonce });
  return { address, chainId, nonce, ...toSignature(await signDigest(wallet, readHash(hash))) };
}
