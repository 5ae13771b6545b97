import { AstrotrainClient } from "@sigil/astrotrain";
import { createEmulator } from "@sigil/emulator";
import { listen } from "@sigil/emulator/node";
import { verifyMessage } from "viem";
import { describe, expect, onTestFinished, test } from "vitest";
import { pair } from "../setUp.js";

/** An owner who decides by hand, and a service provider's client. */
async function start(way: "a port" | "the same process") {
  const emulator = createEmulator({ approval: ({ kind }) => (kind === "pair" ? "approve" : "wait") });
  const { url: octaneUrl, close } = await listen(emulator, { port: 0 });
  onTestFinished(close);
  const paired = await pair({ octaneUrl, emulator, phone: { decision: "wait" }, stop: close });
  const inProcess = way === "a port" ? {} : { fetch: emulator.fetch };
  const newClient = (more: { timeoutMs?: number } = {}) =>
    new AstrotrainClient({ octaneUrl, ...emulator.sp, ...inProcess, ...more });
  const asked = (times: number) => expect.poll(() => emulator.faults.calls("sign")).toBe(times);
  const shown = async () => {
    await expect.poll(async () => (await emulator.appliance.requests()).length).toBe(1);
    const [request] = await emulator.appliance.requests();
    if (request === undefined) throw new Error("no request");
    return request;
  };
  return { ...paired, emulator, newClient, asked, shown };
}

describe.each(["a port", "the same process"] as const)("asked again, over %s", (way) => {
  test("default: after a time-out the same client comes back to the request", async () => {
    const { accountOf, emulator, newClient, asked, shown } = await start(way);
    const account = accountOf(0, { client: newClient({ timeoutMs: 1_000 }) });
    const message = "hello";
    await expect(account.signMessage({ message })).rejects.toThrow();
    const again = account.signMessage({ message });
    again.catch(() => {});
    await asked(2);
    await (await shown()).approve();
    const signature = await again;
    expect(await verifyMessage({ address: account.address, message, signature })).toBe(true);
    expect(emulator.appliance.prompts("sign")).toBe(1);
  });

  test.each(["the same client", "another client with the same idempotencyKey"])(
    "behavior: after an abort %s gets the answer",
    async (who) => {
      const { accountOf, pairId, emulator, newClient, asked, shown } = await start(way);
      const payload = new Uint8Array(32).fill(7);
      const request = { address: accountOf(0).address, payload, algo: "secp256k1", pairId } as const;
      const idempotencyKey = who === "the same client" ? undefined : "one";
      const client = newClient();
      const controller = new AbortController();
      const first = client.sign({ ...request, idempotencyKey, signal: controller.signal });
      first.catch(() => {});
      const card = await shown();
      controller.abort();
      await expect(first).rejects.toMatchObject({ outcome: "unknown" });
      const again = (who === "the same client" ? client : newClient()).sign({ ...request, idempotencyKey });
      await asked(2);
      await card.approve();
      expect((await again).request_id).toBe(card.request_id);
      expect(emulator.appliance.prompts("sign")).toBe(1);
    },
  );
});
