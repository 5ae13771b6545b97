import { expect } from "vitest";
import { forEachMethod } from "../forEachMethod.js";
import { apiKey } from "../keys.js";
import type { ContractCase, SignerContract } from "../SignerContract.js";
import { anotherPairId, somePairId, stage } from "../stage.js";
import { wallets } from "../wallets.js";

/** A signer stays what it was made as. */
export function frozenCases<Signer>(contract: SignerContract<Signer>): readonly ContractCase[] {
  return [
    {
      name: `read-only: ${contract.readOnly.join(", ") || "nothing, as the host has it"}`,
      run: async () => {
        const signer = (await stage(contract)).signer as Record<string, unknown>;
        const before = contract.readOnly.map((key) => signer[key]);
        for (const key of contract.readOnly) {
          expect(signer[key], key).toBeDefined();
          expect(Reflect.set(signer, key, "changed"), `${key} is set`).toBe(false);
          expect(Reflect.defineProperty(signer, key, { value: "changed" }), `${key} is defined anew`).toBe(
            false,
          );
          expect(Reflect.deleteProperty(signer, key), `${key} is deleted`).toBe(false);
        }
        expect(contract.readOnly.map((key) => signer[key])).toEqual(before);
      },
    },
    ...forEachMethod(contract, "works once the host has frozen the signer", async (method) => {
      const { signer } = await stage(contract);
      Object.freeze(signer);
      const { run, verify } = method.call(0);
      expect(await verify(await run(signer))).toBe(true);
    }),
    ...forEachMethod(contract, "what it was made from may change afterwards", async ({ call }) => {
      const { signer, octane, access } = await stage(contract);
      // The first call may import the key, so both before and after it.
      for (const n of [0, 1]) {
        access.privateKeySeed.fill(0);
        access.octanePublicKey.fill(0);
        Object.assign(access, {
          octaneUrl: "https://elsewhere.test",
          apiKey: "another",
          address: "another",
          pairId: anotherPairId,
          timeoutMs: 1,
          fetch: () => Promise.reject(new Error("another fetch")),
        });
        const { run, verify } = call(n);
        expect(await verify(await run(signer))).toBe(true);
      }
      for (const ask of octane.asked) {
        expect(ask).toMatchObject({ address: wallets[contract.algo].address, pairId: somePairId, apiKey });
        expect(ask.faults).toEqual([]);
      }
    }),
  ];
}
