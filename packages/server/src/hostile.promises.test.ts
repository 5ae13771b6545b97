import { figure, isFullRun } from "@sigil/testing/promises";
import { expect, test } from "vitest";
import { type Hostile, hostileRequests } from "../test/hostileRequests.js";
import { listeners, onPort } from "../test/hosts.js";
import { page } from "../test/page.js";
import { sendRaw } from "../test/rawRequests.js";
import { setup } from "../test/setup.js";

const strict = ["node:http", "Hono on Node"];

test("R47: hostile requests, byte by byte over a socket, get nothing done and reach no octane", async () => {
  const { emulator, proxy, config, paired, calls, errors } = setup();
  const ada = page(proxy.fetch, "ada");
  await ada.pair(emulator.appliance);
  const { session_id: sessionId } = await ada.mint();
  const { pairId, entries } = paired[0]!;
  const requests = hostileRequests({ sessionId, pairId, address: entries[0]!.address });
  const before = calls.length;
  let sent = 0;
  for (const [i, { name, listener }] of listeners.entries()) {
    const url = await onPort(listener(proxy));
    // In the ordinary run each request goes to one of the hosts, and all of them to the first.
    const chosen = requests
      .filter((_, of) => isFullRun() || i === 0 || of % listeners.length === i)
      .filter(({ mountedAlike }) => mountedAlike !== true || strict.includes(name));
    for (const each of chosen) {
      const what = `${name}: ${each.name}`;
      await expectNothing(url, what, each, strict.includes(name), config.apiKey);
      expect(calls.length, what).toBe(before);
    }
    sent += chosen.length;
  }
  expect(calls).toHaveLength(before);
  expect(errors).toEqual([]);
  expect(new Set(requests.map(({ bytes }) => bytes)).size).toBe(requests.length);
  expect(Object.keys(Object.prototype)).toEqual([]);
  // All was as it should be with what they were after.
  expect(await ada.state(sessionId)).toBe("waiting");
  expect((await ada.sign({ payload: "A".repeat(43), algo: "secp256k1" })).status).toBe(200);
  figure(
    "R47",
    `${requests.length} hostile requests, ${sent} times sent to ${listeners.length} hosts; none reached octane`,
  );
});

async function expectNothing(
  url: string,
  name: string,
  { bytes, statuses }: Hostile,
  exactly: boolean,
  apiKey: string,
): Promise<void> {
  const { text, statuses: got } = await sendRaw(url, bytes);
  expect(text, name).not.toContain(apiKey);
  expect(text, name).not.toMatch(/^access-control-/im);
  for (const status of got) expect(status, name).toBeGreaterThanOrEqual(400);
  // One answer, so it was taken for one request. Express has refusals of its own.
  if (statuses === undefined || !exactly) return;
  expect(got, name).toHaveLength(1);
  expect(statuses, name).toContain(got[0]);
}
