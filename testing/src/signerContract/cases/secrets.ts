import { expect, vi } from "vitest";
import { refusals, refused, signed } from "../answers.js";
import { ambiguous, wrongAnswers } from "../failures.js";
import type { Device } from "../fakeOctane.js";
import { forEachMethod } from "../forEachMethod.js";
import { apiKey } from "../keys.js";
import type { ContractCase, SignerContract } from "../SignerContract.js";
import { shareOf } from "../shareOf.js";
import { rejectionOf, silent, stage } from "../stage.js";
import { tracesIn } from "../traces.js";
import { wallets } from "../wallets.js";

const consoleMethods = ["debug", "error", "info", "log", "trace", "warn"] as const;

/** Neither the API key nor the seed comes to light, whatever goes wrong. */
export function secretCases<Signer>(contract: SignerContract<Signer>): readonly ContractCase[] {
  const { sign } = wallets[contract.algo];
  const devices: Readonly<Record<string, Device>> = {
    ...Object.fromEntries(
      [...ambiguous, ...wrongAnswers].map(([what, answer]) => [
        what,
        (ask): ReturnType<Device> => answer(ask, sign(ask.payload)),
      ]),
    ),
    ...Object.fromEntries(refusals.map(([code, status]) => [code, () => refused(status, code)])),
    "a lie": (ask) => signed(ask, sign(new Uint8Array(32).fill(1))),
    "nothing in time": silent,
    "a refusal that repeats the request's headers": () =>
      refused(500, "internal_error", `authorization: Bearer ${apiKey}`),
    "an HTML page that repeats the request's headers": () =>
      new Response(`<pre>authorization: Bearer ${apiKey}</pre>`, { status: 502 }),
    "a fetch that throws nonsense": () => Promise.reject(new Error("no idea")),
  };
  return [
    {
      name: "the signer shows no secret",
      run: async () => expect(tracesIn((await stage(contract)).signer)).toEqual([]),
    },
    ...forEachMethod(contract, "no error shows a secret, and nothing is logged", async ({ name, call }) => {
      const spies = consoleMethods.map((method) => vi.spyOn(console, method));
      try {
        for (const [what, device] of shareOf(contract, name, Object.entries(devices))) {
          const { signer } = await stage(contract, { device, timeoutMs: device === silent ? 20 : 20_000 });
          expect(tracesIn(await rejectionOf(call(0).run(signer))), what).toEqual([]);
        }
        for (const spy of spies) expect(spy).not.toHaveBeenCalled();
      } finally {
        for (const spy of spies) spy.mockRestore();
      }
    }),
  ];
}
