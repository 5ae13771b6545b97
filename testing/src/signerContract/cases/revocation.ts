import { expect } from "vitest";
import { refused } from "../answers.js";
import { codesOf } from "../causes.js";
import { forEachMethod } from "../forEachMethod.js";
import type { ContractCase, SignerContract } from "../SignerContract.js";
import { rejectionOf, stage, until } from "../stage.js";

/** Once a pair is revoked, nothing is signed any more, not even what was waiting. */
export function revocationCases<Signer>(contract: SignerContract<Signer>): readonly ContractCase[] {
  return forEachMethod(contract, "a revoked pair signs no more", async ({ call }) => {
    const { signer, octane } = await stage(contract);
    const before = call(0);
    expect(await before.verify(await before.run(signer))).toBe(true);

    let revoke: () => void = () => {};
    const revocation = new Promise<void>((resolve) => {
      revoke = resolve;
    });
    const askedBefore = octane.asked.length;
    octane.device = async () => {
      await revocation;
      return refused(403, "pair_revoked");
    };
    const waiting = call(1);
    const rejected = rejectionOf(waiting.run(signer));
    await until(() => octane.asked.length === askedBefore + 1);
    revoke();
    const after = call(2);
    for (const error of [await rejected, await rejectionOf(after.run(signer))]) {
      expect(codesOf(error)).toContain("pair_revoked");
    }
    for (const { unsigned } of [waiting, after]) expect(unsigned?.() ?? true).toBe(true);
    // A signer may ask once more, or know by now.
    expect(octane.asked.length).toBeLessThanOrEqual(askedBefore + 2);
  });
}
