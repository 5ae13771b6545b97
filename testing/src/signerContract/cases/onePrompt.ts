import { expect } from "vitest";
import { ambiguous, putOff } from "../failures.js";
import { forEachMethod } from "../forEachMethod.js";
import type { ContractCase, SignerContract } from "../SignerContract.js";
import { shareOf } from "../shareOf.js";
import { honest, outcomeOf, pause, rejectionOf, stage } from "../stage.js";
import { wallets } from "../wallets.js";

/** A call asks the user once: a failure that may have come after the question is the caller's to judge. */
export function onePromptCases<Signer>(contract: SignerContract<Signer>): readonly ContractCase[] {
  return [
    ...forEachMethod(
      contract,
      `after ${ambiguous.length} failures the user is not asked again`,
      async ({ name, call }) => {
        for (const [what, answer] of shareOf(contract, name, ambiguous)) {
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
    ),
    ...forEachMethod(
      contract,
      "a request that was put off is sent again under its own id, if at all",
      async ({ call }) => {
        const { signer, octane } = await stage(contract, {
          device: (ask, n) => (n === 0 ? putOff(503) : honest(contract)(ask, n)),
        });
        const { run, verify } = call(0);
        const outcome = await outcomeOf(run(signer));
        if ("output" in outcome) expect(await verify(outcome.output)).toBe(true);
        const [first, ...others] = octane.asked.filter(({ payload }) =>
          isSame(payload, octane.asked[0]?.payload),
        );
        for (const { idempotencyKey } of others) expect(idempotencyKey).toBe(first?.idempotencyKey);
      },
    ),
  ];
}

const isSame = (a: Uint8Array, b: Uint8Array | undefined): boolean => a.join() === b?.join();
