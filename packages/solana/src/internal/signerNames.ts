/** The options of a signer, of kit's and of web3.js' alike. */
export const signerNames = {
  client: true,
  address: true,
  pairId: true,
  chain: true,
  allowTransactionMessages: true,
  requireFreshness: true,
} as const;
