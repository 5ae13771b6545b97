import { AstrotrainClient } from "@sigil/astrotrain";
import { listen } from "@sigil/emulator/node";
import { figure } from "@sigil/testing/promises";
import { expect, onTestFinished, test } from "vitest";
import { pairedEmulator, totalOf } from "./pairedEmulator.js";

const calls = 100;

test.each([
  [true, 1],
  [false, calls],
])(
  "R26: with dedupe: %s, a hundred calls for one signature at once are %i prompts",
  async (dedupe, prompts) => {
    // The owner takes a moment, as owners do: all the calls have come by then.
    const paired = await pairedEmulator(() => new Promise((resolve) => setTimeout(resolve, 300)));
    const { url, close } = await listen(paired.emulator, { port: 0 });
    onTestFinished(close);
    const client = new AstrotrainClient({ ...paired.keys, octaneUrl: url, dedupe, maxConcurrency: calls });
    const payload = new Uint8Array(32).fill(26);
    const request = {
      address: paired.evmAddress,
      payload,
      algo: "secp256k1",
      pairId: paired.pairId,
    } as const;
    const results = await Promise.all(Array.from({ length: calls }, () => client.sign(request)));
    expect(new Set(results).size).toBe(calls);
    expect(new Set(results.map(({ device_signature }) => device_signature)).size).toBe(1);
    expect(totalOf(paired.prompts)).toBe(prompts);
    expect(paired.emulator.faults.calls("sign")).toBe(prompts);
    // Once it has been answered, the user is asked again.
    await client.sign(request);
    expect(totalOf(paired.prompts)).toBe(prompts + 1);
    figure("R26", `${calls} calls at once with dedupe: ${dedupe}: ${totalOf(paired.prompts) - 1} prompts`);
    client.close();
  },
);
