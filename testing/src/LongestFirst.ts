import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take ten seconds or more: what begins last should not be what takes longest. */
const longest = [
  "integration/runtimes/smoke.test.ts",
  "integration/runtimes/chromium.test.ts",
  "integration/consumers.test.ts",
  "integration/contract/signers.test.ts",
  "jazz-react/src/lifecycle.browser.test.ts",
  "jazz-react/src/accessibility.browser.test.ts",
  "jazz-react/src/network.browser.test.ts",
  "scripts/coverage.test.ts",
  "scripts/shuffled.test.ts",
  "integration/readme.test.ts",
  "integration/promises/longLife.test.ts",
  "testing/src/closingLines.test.ts",
  "integration/demo.test.ts",
  "integration/examples.test.ts",
  "scripts/mutants.test.ts",
  "integration/promises/transportTime.test.ts",
  "server/src/redis.test.ts",
  "jazz-react/src/time.browser.test.ts",
  "emulator/src/page/page.test.ts",
  "server/src/waits.promises.test.ts",
  "server/src/lifecycle.promises.test.ts",
  "scripts/packed.test.ts",
  "emulator/src/storage/killed.test.ts",
  "ethers/src/equality.test.ts",
  "testing/src/signerContract/signerContract.test.ts",
  "integration/promises/sse.test.ts",
  "cli/src/terminal.test.ts",
  "integration/promises/connections.test.ts",
  "viem/src/equality.test.ts",
  "jazz-react/src/phone.browser.test.ts",
  "integration/promises/transport.test.ts",
  "integration/promises/hostileInput.test.ts",
  "evm/src/verifySecp256k1.test.ts",
];

/** Vitest's own order, which on a fresh clone goes by the size of files, after the longest ones. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rest = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((file) => moduleId.replaceAll("\\", "/").endsWith(`/${file}`));
      return found < 0 ? longest.length : found;
    };
    return rest.sort((a, b) => rank(a) - rank(b));
  }
}
