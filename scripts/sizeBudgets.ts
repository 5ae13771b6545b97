// How large each public entry may get, in bytes, minified and compressed with brotli, and what it may import. `pnpm size`
// holds them; raise one only with a reason in the commit.

/** Where an entry has to run: in a page, in Node, or in any runtime of JavaScript. */
export type RunsOn = "any" | "browser" | "node";

/** A figure of an entry: `own` is our code in it, `all` has its dependencies as well. Neither has the peers. */
export type Measure = "own" | "all";

export type Budget = {
  readonly runsOn: RunsOn;
  readonly own: number;
  readonly all: number;
  /** What we want it to be, where that is another figure than the budget or the reason of it. */
  readonly goal?: { readonly of: Measure; readonly bytes: number };
  /** All that our code in it imports from elsewhere: dependencies, peers, Node's modules. */
  readonly imports: readonly string[];
  /** Files and imports that may not be in it, by their paths. */
  readonly without?: RegExp;
  /** Whether the README's table has it. */
  readonly inReadme?: boolean;
};

/** The client that holds the SP's keys; the message that it signs is no secret. */
const signingClient = /signing\/(?!buildSpMessage)|wire\/sign\.|@noble\//;

const noble = ["@noble/curves/secp256k1.js", "@noble/hashes/sha3.js"];
const astrotrain = ["@sigil/astrotrain", "@sigil/astrotrain/adapter", "@sigil/astrotrain/pairing"];
const appliance = [
  "@noble/curves/ed25519.js",
  "@noble/curves/secp256k1.js",
  "@noble/curves/utils.js",
  "@noble/hashes/hmac.js",
  "@noble/hashes/sha2.js",
  "@noble/hashes/sha3.js",
  "@noble/hashes/utils.js",
  "@noble/secp256k1",
  "@scure/base",
  "@scure/bip32",
  "@scure/bip39",
  "@scure/bip39/wordlists/english.js",
  "micro-key-producer/slip10.js",
];
const httpServer = [
  "@hono/node-server",
  "@hono/node-server/utils/response",
  "hono",
  "hono/jsx/jsx-runtime",
  "node:http",
  "node:net",
  "node:stream",
  "node:timers/promises",
  "node:zlib",
  "uqr",
];

/** What an adapter passes on of astrotrain, for pages. */
const pairing: Budget = {
  runsOn: "browser",
  own: 100,
  all: 11_600,
  imports: ["@sigil/astrotrain/pairing"],
  without: signingClient,
};

export const sizeBudgets: Readonly<Record<string, Budget>> = {
  "@sigil/astrotrain": {
    runsOn: "any",
    own: 15_800,
    all: 19_600,
    goal: { of: "all", bytes: 6_000 },
    imports: ["@noble/ed25519", "eventsource-parser"],
    inReadme: true,
  },
  "@sigil/astrotrain (browser)": {
    runsOn: "browser",
    own: 11_000,
    all: 12_100,
    imports: ["eventsource-parser"],
    without: signingClient,
  },
  "@sigil/astrotrain/pairing": {
    runsOn: "browser",
    own: 10_600,
    all: 11_600,
    goal: { of: "all", bytes: 4_000 },
    imports: ["eventsource-parser"],
    without: signingClient,
    inReadme: true,
  },
  "@sigil/astrotrain/adapter": { runsOn: "any", own: 2_200, all: 2_200, imports: [] },
  "@sigil/astrotrain/node": { runsOn: "node", own: 1_000, all: 1_000, imports: ["node:http", "node:https"] },
  "@sigil/evm": {
    runsOn: "any",
    own: 2_700,
    all: 18_700,
    imports: [...noble, "@sigil/astrotrain", "@sigil/astrotrain/adapter"],
    without: /ethers|viem/,
    inReadme: true,
  },
  "@sigil/viem": {
    runsOn: "any",
    own: 4_000,
    all: 37_300,
    goal: { of: "own", bytes: 3_000 },
    imports: [...noble, ...astrotrain, "viem", "viem/accounts", "viem/utils"],
    without: /ethers|@solana/,
    inReadme: true,
  },
  "@sigil/viem/pairing": pairing,
  "@sigil/ethers": {
    runsOn: "any",
    own: 4_300,
    all: 37_500,
    goal: { of: "own", bytes: 3_000 },
    imports: [...noble, ...astrotrain, "ethers"],
    without: /viem|@solana/,
    inReadme: true,
  },
  "@sigil/ethers/pairing": pairing,
  "@sigil/solana": {
    runsOn: "any",
    own: 3_000,
    all: 21_400,
    goal: { of: "own", bytes: 3_000 },
    imports: ["@noble/ed25519", ...astrotrain, "@solana/kit"],
    without: /web3/,
    inReadme: true,
  },
  "@sigil/solana/web3js": {
    runsOn: "any",
    own: 3_000,
    all: 21_700,
    goal: { of: "own", bytes: 3_000 },
    imports: ["@noble/ed25519", ...astrotrain, "@solana/web3.js"],
    without: /kit\b/,
    inReadme: true,
  },
  "@sigil/solana/pairing": pairing,
  "@sigil/jazz": {
    runsOn: "any",
    own: 500,
    all: 19_700,
    imports: ["@sigil/astrotrain", "@sigil/astrotrain/pairing"],
  },
  "@sigil/jazz/adapter": { runsOn: "any", own: 300, all: 2_300, imports: ["@sigil/astrotrain/adapter"] },
  "@sigil/jazz/node": { runsOn: "node", own: 300, all: 1_300, imports: ["@sigil/astrotrain/node"] },
  "@sigil/jazz/pairing": { ...pairing, own: 400, all: 11_800 },
  // At most 15 kB by gzip is a test of its own, which builds it as a page does.
  "@sigil/jazz-react": {
    runsOn: "browser",
    own: 6_400,
    all: 11_300,
    imports: ["@sigil/astrotrain/pairing", "eventsource-parser", "react", "react/jsx-runtime", "uqr"],
    without: signingClient,
    inReadme: true,
  },
  "@sigil/server": {
    runsOn: "any",
    own: 6_300,
    all: 16_300,
    imports: ["@sigil/astrotrain/adapter", "@sigil/astrotrain/pairing"],
    without: signingClient,
    inReadme: true,
  },
  "@sigil/server/node": { runsOn: "node", own: 400, all: 7_250, imports: ["@hono/node-server"] },
  "@sigil/emulator": { runsOn: "any", own: 28_000, all: 61_500, imports: appliance, inReadme: true },
  "@sigil/emulator/control": {
    runsOn: "any",
    own: 20_000,
    all: 37_500,
    imports: ["@noble/hashes/sha2.js", "@scure/base", "hono", "hono/jsx/jsx-runtime", "uqr"],
  },
  "@sigil/emulator/node": {
    runsOn: "node",
    own: 23_000,
    all: 47_500,
    imports: [...httpServer, "@noble/hashes/sha2.js", "@noble/hashes/utils.js", "@scure/base"],
  },
  "@sigil/emulator/storage": {
    runsOn: "node",
    own: 9_300,
    all: 42_700,
    imports: [...appliance, "@libsql/client/sqlite3", "node:fs", "node:path", "node:timers/promises"],
  },
  "@sigil/emulator/vitest": {
    runsOn: "node",
    own: 48_000,
    all: 103_500,
    imports: [...appliance, ...httpServer, "vitest"],
  },
  "@sigil/cli": {
    runsOn: "node",
    own: 32_000,
    all: 165_500,
    imports: [
      "@noble/curves/ed25519.js",
      "@noble/curves/secp256k1.js",
      "@noble/hashes/sha3.js",
      "@noble/hashes/utils.js",
      "@scure/base",
      "@sigil/astrotrain",
      "@sigil/astrotrain/pairing",
      "@sigil/emulator",
      "@sigil/emulator/node",
      "@sigil/emulator/storage",
      "@sigil/evm",
      "commander",
      "node:child_process",
      "node:crypto",
      "node:events",
      "node:fs",
      "node:os",
      "node:path",
      "node:timers/promises",
      "node:util",
      "picocolors",
      "uqr",
    ],
  },
};
