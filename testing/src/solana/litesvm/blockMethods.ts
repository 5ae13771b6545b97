import { type Chain, withContext } from "./chain.js";
import { amountAt, type Params, stringAt } from "./params.js";

const slotsInEpoch = 432_000n;

export const blockMethods = {
  getHealth: () => "ok",
  getVersion: () => ({ "solana-core": "0.0.0-litesvm", "feature-set": 0 }),
  getGenesisHash: ({ genesisHash }: Chain) => genesisHash,
  getSlot: ({ blocks }: Chain) => blocks.slot,
  // No slot is ever skipped here.
  getBlockHeight: ({ blocks }: Chain) => blocks.slot,
  getEpochInfo: ({ blocks, landed }: Chain) => ({
    absoluteSlot: blocks.slot,
    blockHeight: blocks.slot,
    epoch: blocks.slot / slotsInEpoch,
    slotIndex: blocks.slot % slotsInEpoch,
    slotsInEpoch,
    transactionCount: landed.size,
  }),
  getBlockTime: ({ vm }: Chain) => vm.getClock().unixTimestamp,
  getLatestBlockhash: (chain: Chain) => {
    const { latestBlockhash: blockhash, lastValidBlockHeight } = chain.blocks;
    return withContext(chain, { blockhash, lastValidBlockHeight });
  },
  isBlockhashValid: (chain: Chain, params: Params) =>
    withContext(chain, chain.blocks.isRecent(stringAt(params, 0))),
  getMinimumBalanceForRentExemption: ({ vm }: Chain, params: Params) =>
    vm.minimumBalanceForRentExemption(amountAt(params, 0)),
  getRecentPrioritizationFees: () => [],
};
