// Who may import whom. Each row is a folder of sources and all that it may import besides its own files;
// `npm:` is a package from the registry, `node:` all that Node brings, the rest are paths in this repository. Type imports count too.

import { builtinModules } from "node:module";

const astrotrain = "packages/astrotrain/src";
const entry = {
  astrotrain: "packages/astrotrain/src/index.ts",
  pairing: "packages/astrotrain/src/pairing/index.ts",
  adapter: "packages/astrotrain/src/adapter/index.ts",
  node: "packages/astrotrain/src/node/index.ts",
  evm: "packages/evm/src/index.ts",
  emulator: "packages/emulator/src/index.ts",
  emulatorNode: "packages/emulator/src/node/index.ts",
  emulatorStorage: "packages/emulator/src/storage/index.ts",
};

const table = [
  { room: `${astrotrain}/encoding`, may: [] },
  { room: `${astrotrain}/errors`, may: [] },
  { room: `${astrotrain}/internal`, may: [`${astrotrain}/errors/`, `${astrotrain}/encoding/`] },
  { room: `${astrotrain}/wire`, may: [`${astrotrain}/errors/`, `${astrotrain}/encoding/`] },
  { room: `${astrotrain}/transport`, may: [`${astrotrain}/errors/`, "npm:eventsource-parser"] },
  {
    room: `${astrotrain}/pairing`,
    may: ["wire", "transport", "errors", "encoding", "internal"].map((room) => `${astrotrain}/${room}/`),
  },
  {
    room: `${astrotrain}/signing`,
    may: [
      ...["pairing", "wire", "transport", "errors", "encoding", "internal"].map(
        (room) => `${astrotrain}/${room}/`,
      ),
      "npm:@noble/ed25519",
    ],
  },
  {
    room: `${astrotrain}/adapter`,
    may: ["signing", "errors", "encoding", "internal"].map((room) => `${astrotrain}/${room}/`),
  },
  // Whoever imports it is in Node: nothing else of the package does.
  { room: `${astrotrain}/node`, may: ["node:"] },
  {
    room: "packages/evm/src",
    may: ["npm:@noble/curves", "npm:@noble/hashes", entry.astrotrain, entry.adapter],
  },
  { room: "packages/viem/src", may: [entry.astrotrain, entry.adapter, entry.pairing, entry.evm, "npm:viem"] },
  {
    room: "packages/ethers/src",
    may: [entry.astrotrain, entry.adapter, entry.pairing, entry.evm, "npm:ethers"],
  },
  { room: "packages/solana/src/internal", may: [entry.astrotrain, entry.adapter, "npm:@noble/ed25519"] },
  {
    room: "packages/solana/src/kit",
    may: [entry.astrotrain, entry.adapter, "packages/solana/src/internal/", entry.pairing, "npm:@solana/kit"],
  },
  {
    room: "packages/solana/src/web3js",
    may: [
      entry.astrotrain,
      entry.adapter,
      "packages/solana/src/internal/",
      entry.pairing,
      "npm:@solana/web3.js",
    ],
  },
  { room: "packages/jazz/src", may: [entry.astrotrain, entry.pairing, entry.adapter, entry.node] },
  // Of astrotrain itself types only: whoever configures the proxy makes the client. The inner room has a row of its own.
  { room: "packages/server/src", except: "node", may: [entry.astrotrain, entry.adapter, entry.pairing] },
  {
    room: "packages/jazz-react/src",
    may: [entry.pairing, "npm:eventsource-parser", "npm:react", "npm:@types/react", "npm:uqr"],
  },
  { room: "packages/server/src/node", may: ["packages/server/src/", "npm:@hono/node-server", "node:"] },
  {
    room: "packages/cli/src",
    may: [
      entry.astrotrain,
      entry.pairing,
      entry.evm,
      entry.emulator,
      entry.emulatorNode,
      entry.emulatorStorage,
      ...["@noble/curves", "@noble/hashes", "@scure/base", "commander", "picocolors", "uqr"].map(
        (name) => `npm:${name}`,
      ),
      "node:",
    ],
  },
];

// Rows that name what is forbidden, where a list of what is allowed would say nothing.
const never = [
  {
    name: "emulator-is-independent",
    comment: "The emulator is a second implementation: what it shared with the client, a bug could hide in.",
    from: { path: "^packages/emulator/src/" },
    to: { path: "^packages/(?!emulator/)|^@sigil/(?!emulator)" },
  },
  {
    name: "octane-sees-no-appliance",
    comment: "Octane never sees a private key: the two talk through link/.",
    from: { path: "^packages/emulator/src/octane/" },
    to: { path: "^packages/emulator/src/appliance/" },
  },
  {
    name: "appliance-sees-no-octane",
    comment: "The two talk through link/.",
    from: { path: "^packages/emulator/src/appliance/" },
    to: { path: "^packages/emulator/src/octane/" },
  },
  {
    name: "portable",
    comment:
      "Runs in browsers and on the edge too; only node/ of astrotrain, node/ and storage/ of the emulator, node/ of the server and the command line may need Node.",
    from: {
      path: "^packages/[^/]+/src/",
      pathNot: "^packages/(astrotrain/src/node|emulator/src/(node|storage)|server/src/node|cli/src)/",
    },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "testing-is-neutral",
    comment: "The test tools serve every adapter, so they know none.",
    from: { path: "^testing/" },
    to: { path: "^packages/|^@sigil/" },
  },
  {
    name: "no-tests-in-sources",
    comment: "A test file is not part of the package.",
    from: { path: "^(packages|testing|demo|scripts)/" },
    to: { path: "\\.(test|test-d|bench)\\.ts$" },
  },
  {
    name: "no-cycles",
    comment: "Files that import each other in a circle cannot be read, or loaded, one by one.",
    from: { path: "^(packages|testing|integration|demo|scripts)/" },
    to: { circular: true },
  },
];

// Tests may import any package by its name, but the doors of packages hold for them too.
const always = [
  {
    name: "packages-by-name",
    comment: "Import another package by its name, which leads to a public entry; not by a path into it.",
    severity: "error",
    from: { path: "^packages/([^/]+)/" },
    to: { path: "^packages/", pathNot: "^packages/$1/", dependencyTypes: ["local"] },
  },
  {
    name: "packages-by-name-outside",
    comment: "Import a package by its name, which leads to a public entry; not by a path into it.",
    severity: "error",
    from: { pathNot: "^packages/" },
    to: { path: "^packages/", dependencyTypes: ["local"] },
  },
  {
    name: "resolvable",
    comment: "Nothing is found there: a file that does not exist, or no public entry of that package.",
    severity: "error",
    // What bin/ starts is there once it is built.
    from: { pathNot: "^packages/[^/]+/bin/" },
    to: { couldNotResolve: true },
  },
];

const literal = (text) => text.replace(/[.+\-/]/g, "\\$&");
const target = (may) =>
  may === "node:"
    ? `^(node:)?(${builtinModules.map(literal).join("|")})$`
    : may.startsWith("npm:")
      ? `node_modules/${literal(may.slice(4))}/`
      : `^${literal(may)}${may.endsWith("/") ? "" : "$"}`;

const notTests = (from) => ({
  ...from,
  pathNot: [from.pathNot, "\\.(test|test-d|bench)\\.ts$"].flat().filter((path) => path !== undefined),
});

const rooms = table.map(({ room, except, may }) => ({
  name: room,
  comment: `May import: ${["its own files", ...may].join(", ")}.`,
  severity: "error",
  from: notTests({ path: `^${room}/`, ...(except && { pathNot: `^${room}/${except}/` }) }),
  to: { couldNotResolve: false, pathNot: [`^${room}/`, ...may.map(target)] },
}));

export default {
  forbidden: [
    ...rooms,
    ...never.map((rule) => ({ ...rule, severity: "error", from: notTests(rule.from) })),
    ...always,
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^((packages|examples)/[^/]+|testing|integration|demo)/(dist|node_modules|[.]next)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@sigil/source", "types", "import", "node", "default"],
    },
  },
};
