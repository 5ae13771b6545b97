import { expect } from "vitest";
import type { Device } from "../fakeOctane.js";
import { forEachMethod, type MethodUnderTest } from "../forEachMethod.js";
import type { ContractCase, SignerContract } from "../SignerContract.js";
import { honest, outcomeOf, pause, type Stage, stage, until } from "../stage.js";

/** What is signed is what was passed in, at the moment of the call. */
export function inputCases<Signer>(contract: SignerContract<Signer>): readonly ContractCase[] {
  return [
    ...forEachMethod(contract, "an input changed right after the call", (method) =>
      changeWhile(contract, method),
    ),
    ...forEachMethod(contract, "an input changed while the user looks at it", (method) =>
      changeWhile(contract, method, ({ octane }) => until(() => octane.asked.length > 0)),
    ),
    ...forEachMethod(contract, "the input is left as it was", async ({ call }) => {
      const { signer } = await stage(contract);
      const { input, run, unsigned } = call(0);
      await run(signer);
      // Where the host has its signers sign into the input, that is what it is for.
      if (unsigned === undefined) expect(input).toEqual(call(0).input);
      else expect(unsigned()).toBe(false);
    }),
  ];
}

async function changeWhile<Signer>(
  contract: SignerContract<Signer>,
  { call, changed }: MethodUnderTest<Signer>,
  moment?: (stage: Stage<Signer>) => Promise<void>,
): Promise<void> {
  const slow: Device = async (ask, n) => {
    await pause(10);
    return honest(contract)(ask, n);
  };
  const staged = await stage(contract, { device: slow });
  const { run, change, verify, unsigned } = call(0);
  const running = outcomeOf(run(staged.signer));
  // Without a moment of its own not one microtask later: a signer must have taken its copy by then.
  if (moment !== undefined) await moment(staged);
  change();
  const outcome = await running;
  if (changed === "refused") {
    expect(outcome).toHaveProperty("error");
    expect(unsigned?.() ?? true, "nothing is signed").toBe(true);
  } else {
    expect(outcome).toHaveProperty("output");
    expect(await verify((outcome as { output: unknown }).output)).toBe(true);
  }
}
