import { defineConfig } from "vitest/config";

// Stryker runs each mutant's tests within one project, and tells them apart by file and title: the tests of the package
// that it mutates, in one project, without the reporter of the closing lines.
const conditions = ["@sigil/source", "module", "node", "development|production"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // Given by scripts/mutation.ts.
    include: process.env.SIGIL_MUTATION_TESTS?.split(";") ?? [],
    // A mutant is the same for all files of its run, so they may share a worker; starting one for each takes most of the time.
    isolate: false,
    // Instrumented code is slow, and what hangs is ended by Stryker.
    testTimeout: 30_000,
  },
});
