import { expect } from "vitest";
import { ambiguous } from "../failures.js";
import { forEachMethod } from "../forEachMethod.js";
import type { ContractCase, SignerContract } from "../SignerContract.js";
import { pause, rejectionOf, stage } from "../stage.js";
import { wallets } from "../wallets.js";

/** A call asks the user once: a failure that may have come after the question is the caller's to judge. */
export function onePromptCases<Signer>(contract: SignerContract<Signer>): readonly ContractCase[] {
  return forEachMethod(
    contract,
    `after ${ambiguous.length} failures the user is not asked again`,
    async ({ call }) => {
      for (const [what, answer] of ambiguous) {
        const { signer, octane } = await stage(contract, {
          device: (ask) => answer(ask, wallets[contract.algo].sign(ask.payload)),
        });
        const { run, unsigned } = call(0);
        const error = await rejectionOf(run(signer));
        expect(error, what).toBeInstanceOf(Error);
        await pause(5);
        expect(octane.asked, what).toHaveLength(1);
        expect(unsigned?.() ?? true, `${what}: nothing is signed`).toBe(true);
      }
    },
  );
}
