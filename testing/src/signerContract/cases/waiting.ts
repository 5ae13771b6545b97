import { expect } from "vitest";
import { causesOf } from "../causes.js";
import { forEachMethod, methodsOf } from "../forEachMethod.js";
import type { ContractCase, SignerContract } from "../SignerContract.js";
import { honest, rejectionOf, silent, stage, until } from "../stage.js";

/** A user who never decides is waited for as long as was said, or until the caller has had enough. */
export function waitingCases<Signer>(contract: SignerContract<Signer>): readonly ContractCase[] {
  const abortable = {
    ...contract,
    methods: Object.fromEntries(
      methodsOf(contract)
        .filter((method) => method.abortable)
        .map((method) => [method.name, method]),
    ),
  };
  return [
    ...forEachMethod(contract, "the time-out rejects and withdraws the request", async ({ call }) => {
      // On a busy machine the time may be up before the request has been made; then nobody was asked, and it gets more.
      for (let timeoutMs = 60, asked = 0; asked === 0; timeoutMs *= 2) {
        const { signer, octane } = await stage(contract, { device: silent, timeoutMs });
        const { run, unsigned } = call(0);
        const error = await rejectionOf(run(signer));
        const names = causesOf(error).map((each) => (each as Error).name);
        expect(names).toContain("TimeoutError");
        asked = octane.asked.length;
        expect(asked).toBeLessThanOrEqual(1);
        expect(octane.asked.every(({ signal }) => signal.aborted)).toBe(true);
        expect(unsigned?.() ?? true).toBe(true);
      }
    }),
    ...forEachMethod(abortable, "an abort before the call asks nobody", async ({ call }) => {
      const { signer, octane } = await stage(contract);
      const reason = new Error("enough");
      const error = await rejectionOf(call(0).run(signer, AbortSignal.abort(reason)));
      expect(causesOf(error)).toContain(reason);
      expect(octane.asked).toHaveLength(0);
    }),
    ...forEachMethod(abortable, "an abort ends each wait and withdraws the request", async (method) => {
      for (let prompt = 0; prompt < method.prompts; prompt++) {
        const { signer, octane } = await stage(contract, {
          device: (ask, n) => (n === prompt ? silent(ask, n) : honest(contract)(ask, n)),
        });
        const controller = new AbortController();
        const reason = new Error("enough");
        const call = method.call(0);
        const rejected = rejectionOf(call.run(signer, controller.signal));
        await until(() => octane.asked.length === prompt + 1);
        controller.abort(reason);
        expect(causesOf(await rejected)).toContain(reason);
        expect(octane.asked).toHaveLength(prompt + 1);
        expect(octane.asked.at(-1)?.signal.aborted, "withdrawn").toBe(true);
        expect(call.unsigned?.() ?? true).toBe(true);
      }
    }),
    ...forEachMethod(abortable, "an abort of one call leaves the others alone", async ({ call }) => {
      const { signer, octane } = await stage(contract, { device: silent });
      const controller = new AbortController();
      const rejected = rejectionOf(call(0).run(signer, controller.signal));
      await until(() => octane.asked.length === 1);
      octane.device = honest(contract);
      const other = call(1);
      const running = other.run(signer, new AbortController().signal);
      controller.abort();
      await rejected;
      expect(await other.verify(await running)).toBe(true);
      const late = call(2);
      expect(await late.verify(await late.run(signer))).toBe(true);
    }),
  ];
}
