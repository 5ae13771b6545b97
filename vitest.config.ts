import { availableParallelism } from "node:os";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import LongestFirst from "./testing/src/LongestFirst.js";

// Packages are tested from their sources, so no build is needed first.
const conditions = ["@sigil/source", "module", "node", "development|production"];

const packages = ["astrotrain", "cli", "emulator", "ethers", "evm", "jazz", "server", "solana", "viem"];

const unit = (name: string): TestProjectInlineConfiguration => ({
  extends: true,
  test: {
    name,
    root: `packages/${name}`,
    include: ["src/**/*.test.ts"],
    // No unit test changes what another one shares with it, and importing viem and ethers anew for each file takes a third of
    // the time of all.
    isolate: false,
  },
});

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // Half as many again as there are cores, since much of what is tested waits for a timer, a chain or a process.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
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
      ...packages.map(unit),
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
        test: { name: "scripts", root: "scripts", include: ["*.test.ts"] },
      },
      {
        extends: true,
        test: { name: "testing", root: "testing", include: ["src/**/*.test.ts"] },
      },
      {
        extends: true,
        test: {
          name: "integration",
          root: "integration",
          include: ["**/*.test.ts"],
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
