import { type Address, getCompiledTransactionMessageDecoder, lamports, type Signature } from "@solana/kit";
import { FailedTransactionMetadata } from "litesvm";
import { toAccountJson } from "./accountJson.js";
import { decodeBytes } from "./bytes.js";
import { type Chain, land, withContext } from "./chain.js";
import { toFee } from "./fee.js";
import { type Landed, toStatus } from "./landed.js";
import { addressAt, amountAt, type Config, configAt, type Params, stringAt, stringsAt } from "./params.js";
import { toReturnData } from "./returnData.js";
import { RpcError, rpcCodes } from "./rpcError.js";
import { send } from "./send.js";
import { type Simulation, simulate } from "./simulate.js";
import { toTransactionJson } from "./transactionJson.js";
import { type Message, readTransaction, toSignatureText, type WireTransaction } from "./wireTransaction.js";

export const transactionMethods = {
  requestAirdrop: (chain: Chain, params: Params) => airdrop(chain, addressAt(params, 0), amountAt(params, 1)),
  sendTransaction: (chain: Chain, params: Params) =>
    send(chain, wireAt(chain, params), configAt(params, 1).skipPreflight === true),
  simulateTransaction: (chain: Chain, params: Params) => {
    const config = configAt(params, 1);
    const replace = config.replaceRecentBlockhash === true;
    const options = { sigVerify: config.sigVerify === true, anyBlockhash: replace };
    const simulation = simulate(chain, wireAt(chain, params), options);
    const { latestBlockhash: blockhash, lastValidBlockHeight } = chain.blocks;
    const replacement = replace ? { replacementBlockhash: { blockhash, lastValidBlockHeight } } : {};
    return withContext(chain, { ...toSimulationJson(simulation, config), ...replacement });
  },
  getSignatureStatuses: (chain: Chain, params: Params) =>
    withContext(
      chain,
      stringsAt(params, 0).map((signature) => toStatusJson(chain.landed.get(signature as Signature))),
    ),
  getTransaction: ({ landed }: Chain, params: Params) => {
    const found = landed.get(stringAt(params, 0) as Signature);
    const config = typeof params[1] === "string" ? { encoding: params[1] } : configAt(params, 1);
    if (found === undefined) return null;
    refuseUnknownVersion(found, config);
    return toTransactionJson(found, config.encoding);
  },
  getFeeForMessage: (chain: Chain, params: Params) => {
    const bytes = decodeBytes(stringAt(params, 0), "base64");
    const message = getCompiledTransactionMessageDecoder().decode(bytes) as Message;
    return withContext(chain, chain.blocks.isRecent(message.lifetimeToken) ? toFee(message) : null);
  },
};

function wireAt({ vm }: Chain, params: Params): WireTransaction {
  return readTransaction(vm, decodeBytes(stringAt(params, 0), configAt(params, 1).encoding));
}

function airdrop(chain: Chain, address: Address, amount: bigint): Signature {
  const { vm, blocks } = chain;
  const meta = vm.airdrop(address, lamports(amount));
  if (meta === null || meta instanceof FailedTransactionMetadata)
    throw new RpcError(rpcCodes.internalError, `the airdrop failed: ${String(meta)}`);
  const signature = toSignatureText(meta.signature());
  const { unixTimestamp: blockTime } = vm.getClock();
  land(chain, { signature, slot: blocks.open, blockTime, error: null, meta });
  return signature;
}

function toStatusJson(landed: Landed | undefined): object | null {
  if (landed === undefined) return null;
  const { slot, error } = landed;
  // There are no forks: what is in a block stays.
  return { slot, confirmations: null, err: error, status: toStatus(error), confirmationStatus: "finalized" };
}

function toSimulationJson({ error, meta, info }: Simulation, config: Config): object {
  return {
    err: error,
    logs: meta?.logs() ?? [],
    unitsConsumed: meta?.computeUnitsConsumed() ?? 0n,
    accounts: toPostAccounts(info, config),
    innerInstructions: null,
    returnData: null,
    ...toReturnData(meta),
  };
}

function toPostAccounts(info: Simulation["info"], { accounts }: Config): readonly unknown[] | null {
  if (accounts === undefined || accounts === null) return null;
  const { addresses, encoding = "base64" } = accounts as { addresses: readonly string[]; encoding?: string };
  const after = new Map((info?.postAccounts() ?? []).map((account) => [account.address as string, account]));
  return addresses.map((address) => {
    const account = after.get(address);
    return account === undefined ? null : toAccountJson(account, { encoding });
  });
}

function refuseUnknownVersion({ sent }: Landed, { maxSupportedTransactionVersion: max }: Config): void {
  if (sent === undefined || sent.transaction.message.version === "legacy" || max !== undefined) return;
  const message =
    "Transaction version (0) is not supported by the requesting client. " +
    'Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": 0';
  throw new RpcError(rpcCodes.unsupportedTransactionVersion, message);
}
