import { expect } from "vitest";
import type { Device } from "../fakeOctane.js";
import { methodsOf } from "../forEachMethod.js";
import type { ContractCase, SignerContract } from "../SignerContract.js";
import { anotherPairId, honest, outcomeOf, pause, somePairId, stage } from "../stage.js";

const count = 24;

/** Calls that wait side by side, and are answered in another order, don't mix. */
export function concurrencyCases<Signer>(contract: SignerContract<Signer>): readonly ContractCase[] {
  const methods = methodsOf(contract);
  const calls = Array.from({ length: Math.max(count, 2 * methods.length) }, (_, i) => {
    const method = methods[i % methods.length];
    if (method === undefined) throw new Error(`${contract.name} has no methods.`);
    return { n: i, method };
  });
  /** The later it is asked, the sooner it answers. */
  const lastFirst: Device = async (ask, n) => {
    await pause(Math.max(0, calls.length - n) * 3);
    return honest(contract)(ask, n);
  };
  return [
    {
      name: `${calls.length} calls at once, answered last first, each get their own`,
      run: async () => {
        const { signer, octane } = await stage(contract, { device: lastFirst });
        const made = calls.map(({ method, n }) => method.call(n));
        const outputs = await Promise.all(made.map(({ run }) => run(signer)));
        for (const [i, { verify }] of made.entries()) {
          expect(await verify(outputs[i]), `${calls[i]?.method.name}, call ${i}`).toBe(true);
        }
        expect(octane.asked).toHaveLength(calls.reduce((sum, { method }) => sum + method.prompts, 0));
      },
    },
    {
      name: "two of them get each other's answers: both are refused",
      run: async () => {
        for (const { call, prompts, name } of methods.filter((method) => method.prompts === 1)) {
          const answers: Promise<Response>[] = [];
          let bothAsked: () => void = () => {};
          const both = new Promise<void>((resolve) => {
            bothAsked = resolve;
          });
          const { signer } = await stage(contract, {
            device: async (ask, n) => {
              answers[n] = Promise.resolve(honest(contract)(ask, n));
              if (answers.filter(Boolean).length === 2 * prompts) bothAsked();
              await both;
              return (await answers[1 - n])?.clone() ?? Response.error();
            },
          });
          for (const outcome of await Promise.all([0, 1].map((n) => outcomeOf(call(n).run(signer))))) {
            expect(outcome, name).toHaveProperty("error");
          }
        }
      },
    },
    {
      name: "two signers of two pairs don't mix",
      run: async () => {
        const pairIds = [somePairId, anotherPairId];
        const stages = await Promise.all(
          pairIds.map((pairId) => stage(contract, { pairId, device: lastFirst })),
        );
        await Promise.all(
          calls.map(async ({ method, n }) => {
            const { run, verify } = method.call(n);
            const signer = stages[n % 2]?.signer;
            expect(await verify(await run(signer as Signer)), method.name).toBe(true);
          }),
        );
        for (const [i, { octane }] of stages.entries()) {
          expect([...new Set(octane.asked.map(({ pairId }) => pairId))]).toEqual([pairIds[i]]);
        }
      },
    },
  ];
}
