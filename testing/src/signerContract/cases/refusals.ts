import { expect } from "vitest";
import { refusals, refused } from "../answers.js";
import { codesOf } from "../causes.js";
import { forEachMethod } from "../forEachMethod.js";
import type { ContractCase, SignerContract } from "../SignerContract.js";
import { shareOf } from "../shareOf.js";
import { honest, rejectionOf, stage } from "../stage.js";

/**
 * Octane's refusals, the user's among them, reach the caller with their code; the next call is asked anew, but for a revoked
 * pair, which is over for good.
 */
export const refusalCases = <Signer>(contract: SignerContract<Signer>): readonly ContractCase[] =>
  forEachMethod(
    contract,
    `each of ${refusals.length} refusals rejects, its code in the chain of causes`,
    async ({ name, call, prompts }) => {
      for (const [i, [code, status]] of shareOf(contract, name, refusals).entries()) {
        const prompt = i % prompts;
        const { signer, octane } = await stage(contract, {
          device: (ask, n) => (n === prompt ? refused(status, code) : honest(contract)(ask, n)),
        });
        const { run, unsigned } = call(0);
        const error = await rejectionOf(run(signer));
        expect(error, code).toBeInstanceOf(Error);
        expect(codesOf(error)).toContain(code);
        contract.expectRefusal?.(error, code);
        expect(octane.asked, `${code}: the user is asked no further`).toHaveLength(prompt + 1);
        expect(unsigned?.() ?? true, `${code}: nothing is signed`).toBe(true);
        if (code === "pair_revoked") continue;
        const next = call(1);
        expect(await next.verify(await next.run(signer)), `after ${code}`).toBe(true);
      }
    },
  );
