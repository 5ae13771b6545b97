import { expect } from "vitest";
import { signed } from "../answers.js";
import { forEachMethod } from "../forEachMethod.js";
import { apiKey } from "../keys.js";
import type { ContractCase, SignerContract } from "../SignerContract.js";
import { shareOf } from "../shareOf.js";
import { somePairId, stage } from "../stage.js";
import { wallets } from "../wallets.js";

/** What an honest device signs reaches the caller, and verifies as the host would verify it. */
export function honestCases<Signer>(contract: SignerContract<Signer>): readonly ContractCase[] {
  const wallet = wallets[contract.algo];
  const forms = [...wallet.honest(new Uint8Array(32)).keys()];
  const calls = Array.from({ length: 16 }, (_, n) => n);
  return [
    ...forEachMethod(contract, "an honest device's signature verifies", async ({ name, call }) => {
      const { signer } = await stage(contract);
      for (const n of shareOf(contract, name, calls)) {
        const { run, verify } = call(n);
        expect(await verify(await run(signer)), `call ${n}`).toBe(true);
      }
    }),
    ...forEachMethod(contract, "every form of an honest answer is taken", async ({ name, call }) => {
      for (const form of shareOf(contract, name, forms)) {
        const { signer } = await stage(contract, {
          device: (ask) => signed(ask, wallet.honest(ask.payload)[form] ?? new Uint8Array()),
        });
        const { run, verify } = call(form);
        expect(await verify(await run(signer)), `form ${form}`).toBe(true);
      }
    }),
    ...forEachMethod(contract, "the request is the protocol's, the pair goes along", async (method) => {
      const { signer, octane } = await stage(contract);
      for (const n of [1, 2, 3]) await method.call(n).run(signer);
      expect(octane.asked).toHaveLength(3 * method.prompts);
      for (const ask of octane.asked) {
        expect(ask.faults).toEqual([]);
        expect(ask).toMatchObject({
          address: wallet.address,
          algo: contract.algo,
          pairId: somePairId,
          apiKey,
        });
      }
      const keys = new Set(octane.asked.map(({ idempotencyKey }) => idempotencyKey));
      expect(keys.size, "idempotency keys").toBe(octane.asked.length);
    }),
  ];
}
