import { describe, expect, test } from "vitest";
import { digest, firstEvm, signBody, until } from "../../test/client.js";
import { start, ways } from "../../test/overBoth.js";
import type { Fault } from "../index.js";

type Thrown = { name: string; message: string; cause?: { code?: string; message?: string } };

/** What a sign request under a fault comes to: the error's message and its cause's code, or status and body. */
async function outcome(answer: Promise<Response>): Promise<string> {
  try {
    const response = await answer;
    const text = await response.text().catch((error: Thrown) => `${error.message} ${error.cause?.code}`);
    return `${response.status} ${text.slice(0, 56)}`;
  } catch (error) {
    const { message, name, cause } = error as Thrown;
    return `${name} ${message} ${cause?.code ?? cause?.message}`;
  }
}

describe.each(ways)("over %s", (way) => {
  async function signUnder(fault: Fault, init: RequestInit = {}) {
    const { emulator, sp } = await start(way);
    await sp.pair();
    const added = emulator.faults.add({ route: "sign", calls: 1, fault });
    const headers = { "content-type": "application/json", "idempotency-key": "one" };
    const body = JSON.stringify(signBody(emulator.sp, firstEvm, digest));
    const sign = () => sp.raw("POST", "/sp/sign", { headers, body, ...init });
    const first = await outcome(sign());
    const prompts = emulator.appliance.prompts("sign");
    const again = await outcome(sign());
    expect(added.hits()).toBe(1);
    expect(again).toMatch(/^200 .*device_signature/);
    expect(emulator.appliance.prompts("sign")).toBe(1);
    return { first, prompts };
  }

  test("default", async () => {
    const { emulator, sp } = await start(way);
    await sp.pair();
    emulator.faults.add({ route: "sign", calls: 2, fault: { kind: "status", status: 503, retryAfter: "2" } });
    const answers = [await sp.sign(firstEvm), await sp.sign(firstEvm), await sp.sign(firstEvm)];
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 200]);
    expect(answers[0]?.headers.get("retry-after")).toBe("2");
    expect(answers[0]?.body.error.code).toBe("appliance_offline");
    expect(emulator.faults.calls("sign")).toBe(3);
    expect(emulator.appliance.prompts("sign")).toBe(1);
  });

  const broken: readonly [Fault, string][] = [
    [{ kind: "reset" }, "TypeError fetch failed ECONNRESET"],
    [{ kind: "halfClose" }, "TypeError fetch failed UND_ERR_SOCKET"],
    [{ kind: "garbage" }, "TypeError fetch failed HPE_INVALID_CONSTANT"],
    [{ kind: "status", status: 500 }, '500 {"error":{"code":"internal_error","mess'],
    [{ kind: "userTimeout" }, '408 {"error":{"code":"user_timeout","mess'],
    [{ kind: "html", status: 502 }, "502 <!doctype html><title>502</title><h1>502</h1>"],
    [{ kind: "empty" }, "204 "],
    [{ kind: "wrongShape", body: [] }, "200 []"],
    [{ kind: "answer", status: 418, body: "short" }, "418 short"],
  ];

  test.each(broken)("parameters: %j strikes before octane, or after it", async (fault, seen) => {
    expect(await signUnder(fault)).toEqual({ first: expect.stringContaining(seen), prompts: 0 });
    const handled = { ...fault, handled: true } as Fault;
    expect(await signUnder(handled)).toEqual({ first: expect.stringContaining(seen), prompts: 1 });
  });

  test.each<[Fault, RegExp]>([
    [{ kind: "reset", bytes: 5 }, /^200 terminated ECONNRESET$/],
    [{ kind: "halfClose", bytes: 5 }, /^200 terminated UND_ERR_SOCKET$/],
    [{ kind: "truncate", bytes: 5 }, /^200 terminated UND_ERR_SOCKET$/],
    [{ kind: "badJson", handled: true }, /^200 .*device_signature/],
    [{ kind: "latency", ms: 20 }, /^200 .*device_signature/],
    [{ kind: "drip", bytes: 100, everyMs: 1 }, /^200 .*device_signature/],
    [{ kind: "contentType", type: "text/plain" }, /^200 .*device_signature/],
  ])("parameters: %j spoils octane's own answer", async (fault, seen) => {
    const { first, prompts } = await signUnder(fault);
    expect(first).toMatch(seen);
    expect(prompts).toBe(1);
  });

  test("parameters: redirect", async () => {
    const fault: Fault = { kind: "redirect", status: 307, location: "https://elsewhere.test/x" };
    const { first } = await signUnder(fault, { redirect: "error" });
    expect(first).toBe("TypeError fetch failed unexpected redirect");
    expect((await signUnder(fault, { redirect: "manual" })).first).toBe("307 ");
  });

  test("parameters: hang and stall last until the caller leaves", async () => {
    const { emulator, sp } = await start(way);
    await sp.pair();
    const faults: readonly Fault[] = [
      { kind: "hang", handled: true },
      { kind: "stall", bytes: 3 },
    ];
    for (const [index, fault] of faults.entries()) {
      emulator.faults.add({ route: "sign", calls: 1, fault });
      const controller = new AbortController();
      const answer = sp.sign(firstEvm, digest, {}, { signal: controller.signal });
      answer.catch(() => {});
      await until(() => emulator.appliance.prompts("sign") === index + 1);
      await new Promise((resolve) => setTimeout(resolve, 30));
      controller.abort();
      await expect(answer).rejects.toMatchObject({ name: "AbortError" });
    }
    expect(emulator.appliance.prompts("sign")).toBe(2);
    expect((await sp.sign(firstEvm)).status).toBe(200);
  });

  test("parameters: refuse", async () => {
    const code = way === "fetch" ? "ECONNREFUSED" : "ECONNRESET";
    expect((await signUnder({ kind: "refuse" })).first).toBe(`TypeError fetch failed ${code}`);
  });
});
