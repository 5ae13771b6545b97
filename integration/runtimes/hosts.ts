/** The libraries that the adapters are for, each at the lowest and the highest version within its peer range. */
export const hosts = {
  oldest: { viem: "2.24.1", ethers: "6.14.0", "@solana/kit": "8.2.0", "@solana/web3.js": "1.95.0" },
  /** As this repository is tested with. */
  pinned: { viem: "2.57.1", ethers: "6.17.0", "@solana/kit": "8.4.0", "@solana/web3.js": "1.99.0" },
  newest: { viem: "2.57.20", ethers: "6.17.0", "@solana/kit": "8.4.0", "@solana/web3.js": "1.99.0" },
} as const;
