import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";
import LongestFirst from "./testing/src/LongestFirst.js";
import { isFullRun } from "./testing/src/promises.js";

// Packages are tested from their sources, so no build is needed first.
const conditions = ["@sigil/source", "module", "node", "development|production"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // Twice as many as there are cores, since much of what is tested waits for a timer, a chain or a process.
    maxWorkers: 2 * availableParallelism(),
    sequence: { sequencer: LongestFirst },
    // For what hangs; how long a test takes on a machine with much else to do is no reason to fail.
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: ["default", "./testing/src/closingLines.ts"],
    // Of the core, whose every branch decides whether something is sent, believed or shown.
    coverage: {
      provider: "v8",
      include: ["packages/astrotrain/src/**/*.ts"],
      exclude: ["**/*.test.ts", "**/*.test-d.ts"],
      reporter: ["text", "json-summary"],
      thresholds: { branches: 95 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: "packages",
          root: "packages",
          include: ["*/src/**/*.test.ts"],
          // No unit test changes what another one shares with it, and importing viem and ethers anew for each file takes a third
          // of the time of all. One project, since workers are not shared by two.
          isolate: false,
        },
      },
      {
        extends: true,
        // One project for the type tests of all packages: each such project starts a tsc over the whole workspace.
        test: {
          name: "types",
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            // No more than these tests import: the whole workspace takes three times as long.
            tsconfig: "tsconfig.types.json",
            include: ["packages/*/src/**/*.test-d.ts"],
          },
        },
      },
      {
        extends: true,
        test: { name: "scripts", root: "scripts", include: ["*.test.ts"], isolate: false },
      },
      {
        extends: true,
        test: { name: "testing", root: "testing", include: ["src/**/*.test.ts"], isolate: false },
      },
      {
        extends: true,
        test: {
          name: "integration",
          root: "integration",
          include: ["**/*.test.ts"],
          exclude: [...configDefaults.exclude, "promises/**"],
          hookTimeout: 60_000,
          // As the unit tests: what they start, each of them starts for itself.
          isolate: false,
        },
      },
      {
        extends: true,
        // What is counted and measured here (sockets, heap, unhandled rejections) is a whole process's.
        test: {
          name: "promises",
          root: "integration/promises",
          include: ["*.test.ts"],
          hookTimeout: 60_000,
        },
      },
      // What is on the wire, once more with the client that users may choose in place of the global fetch.
      ...(isFullRun()
        ? [
            {
              extends: true as const,
              test: {
                name: "promises-node-fetch",
                root: "integration/promises",
                include: [
                  "{transport,transportTime,faults,redirects,tls,connections,sse,hostileInput,secrets,refusedBodies}.test.ts",
                ],
                hookTimeout: 60_000,
                setupFiles: ["nodeFetch.setup.ts"],
                env: { SIGIL_PROMISES: "tenth", SIGIL_FIGURES_WITH: "createNodeFetch" },
              },
            },
          ]
        : []),
    ],
  },
});
