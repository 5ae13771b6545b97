import { defineConfig } from "vitest/config";

// Stryker runs each mutant's tests within one project, and tells them apart by file and title: the tests of the package
// that it mutates, in one project, without the reporter of the closing lines. What goes many rounds, waits for real time or
// makes keys for every test is not run for each of some thousand mutants.
const conditions = ["@sigil/source", "module", "node", "development|production"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // Given by scripts/mutation.ts.
    include: process.env.SIGIL_MUTATION_TESTS?.split(";") ?? [],
    exclude: ["**/node_modules/**", "**/*.promises.test.ts", "**/*.fuzz.test.ts"],
    // A mutant is the same for all files of its run, so they may share a worker; starting one for each takes most of the time.
    isolate: false,
    // Instrumented code is slow, and what hangs is ended by Stryker.
    testTimeout: 30_000,
  },
});
