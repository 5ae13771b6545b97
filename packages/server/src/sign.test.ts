import type { ApprovalDecision, ApprovalRequest } from "@sigil/emulator";
import { describe, expect, test } from "vitest";
import { page } from "../test/page.js";
import { setup } from "../test/setup.js";
import { createSigilProxy, type SignAsk, type SignGrant } from "./index.js";

const payload = "A".repeat(43);
const ask = { payload, algo: "secp256k1", chain: "base" };

describe("sign", () => {
  test("default: the SP's record says with which wallet, and the SP's signature stays on the server", async () => {
    const { emulator, proxy, paired, calls } = setup();
    const ada = page(proxy.fetch, "ada");
    await ada.pair(emulator.appliance);
    const answer = await ada.sign(ask);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const names = Object.keys((await answer.json()) as object);
    expect(names).toEqual(["device_signature", "request_id", "signed_at"]);
    const { entries, pairId } = paired[0]!;
    const sent = (await calls.at(-1)!.json()) as object;
    expect(sent).toMatchObject({ payload, chain: "base", address: entries[0]?.address, pair_id: pairId });
  });

  test("behavior: the address that a page expects is an EVM address in any case, or Solana's to the letter", async () => {
    const evm = `0xAbCdEf${"0".repeat(33)}1`;
    const solana = "4Nd1mYQzv7Yk8Fq7bVw1gnbXxvUeC3uNnVYhJ8eUTzYG";
    const tries = [
      [evm, evm, 200],
      [evm, evm.toLowerCase(), 200],
      [evm.toLowerCase(), evm, 200],
      [evm, `${evm.slice(0, -1)}2`, 403],
      [evm, evm.slice(2), 403],
      [evm, null, 403],
      [solana, solana, 200],
      [solana, solana.toLowerCase(), 403],
    ] as const;
    const asked: string[] = [];
    const signed = { device_signature: "A".repeat(86), request_id: "1", signed_at: "2026-01-01T00:00:00Z" };
    const client: SignGrant["client"] = {
      sign: async (request) => {
        asked.push(request.address);
        return signed as never;
      },
    };
    for (const [address, expected, status] of tries) {
      const { proxy } = setup({ sign: { authorize: () => ({ client, address, pairId: "a pair" }) } });
      const answer = await page(proxy.fetch, "ada").sign({ ...ask, address: expected });
      expect([expected, answer.status]).toEqual([expected, status]);
    }
    // As the SP's record spells it.
    expect(asked).toEqual([evm, evm, evm.toLowerCase(), solana]);
  });

  test("behavior: authorize sees what is to be signed, and may refuse it", async () => {
    const asks: SignAsk[] = [];
    const { emulator, proxy, calls } = setup({
      sign: {
        authorize: (_, each) => {
          asks.push(each);
          return null;
        },
      },
    });
    const ada = page(proxy.fetch, "ada");
    await ada.pair(emulator.appliance);
    const before = calls.length;
    expect((await ada.sign(ask)).status).toBe(403);
    expect(asks).toEqual([{ userId: "ada", payload: new Uint8Array(32), algo: "secp256k1", chain: "base" }]);
    expect(calls).toHaveLength(before);
  });

  test("behavior: without sign there is no such route", async () => {
    const { proxy } = setup({ sign: undefined });
    expect((await page(proxy.fetch, "ada").sign(ask)).status).toBe(404);
  });

  test.each([
    ["no JSON", "{", 400],
    ["no object", "1", 400],
    ["no payload", JSON.stringify({ algo: "secp256k1" }), 400],
    ["a payload that is no base64url", JSON.stringify({ ...ask, payload: "+/==" }), 400],
    ["a digest of 31 bytes", JSON.stringify({ ...ask, payload: "A".repeat(42) }), 400],
    ["an unknown algo", JSON.stringify({ ...ask, algo: "rsa" }), 400],
    ["a chain that is no text", JSON.stringify({ ...ask, chain: 1 }), 400],
    ["more than 256 KiB", JSON.stringify({ ...ask, payload: "A".repeat(300_000) }), 413],
  ])("behavior: %s is refused", async (_, body, status) => {
    const { proxy, calls } = setup();
    expect((await page(proxy.fetch, "ada").post("/sp/sign", { body })).status).toBe(status);
    expect(calls).toEqual([]);
  });

  test("behavior: a forged request is refused", async () => {
    const { emulator, proxy } = setup();
    const ada = page(proxy.fetch, "ada");
    await ada.pair(emulator.appliance);
    const headers = { origin: "https://evil.example" };
    expect((await ada.post("/sp/sign", { body: JSON.stringify(ask), headers })).status).toBe(403);
  });

  test("behavior: that the owner declined is told, and what else octane says is not", async () => {
    const approval = ({ kind }: ApprovalRequest): ApprovalDecision =>
      kind === "pair" ? "approve" : "reject";
    const { emulator, proxy, errors } = setup({}, { approval });
    const ada = page(proxy.fetch, "ada");
    await ada.pair(emulator.appliance);
    const codeOf = async (): Promise<unknown> =>
      ((await (await ada.sign(ask)).json()) as { error: { code: string } }).error.code;
    expect(await codeOf()).toBe("user_rejected");
    expect(errors).toEqual([]);
    await emulator.appliance.revoke(emulator.appliance.pairs()[0]!.pair_id);
    expect(await codeOf()).toBe("upstream_failed");
    expect(errors).toMatchObject([{ kind: "http", code: "pair_revoked" }]);
  });

  test("behavior: that octane has too much to do is told, and for how long", async () => {
    const too = { kind: "http", status: 429, code: "rate_limited", retryAfterMs: 1_500 };
    const answers: unknown[] = [];
    for (const error of [too, { ...too, outcome: "unknown" }]) {
      const client: SignGrant["client"] = {
        sign: () => Promise.reject(Object.assign(new Error("no"), error)),
      };
      const { proxy } = setup({ sign: { authorize: () => ({ client, address: "a", pairId: "p" }) } });
      const answer = await page(proxy.fetch, "ada").sign(ask);
      answers.push([answer.status, answer.headers.get("retry-after")]);
    }
    // A proxy's 429 leaves open whether the owner was asked: the page must not be told to try again.
    expect(answers).toEqual([
      [429, "2"],
      [502, null],
    ]);
  });

  test("parameters: sign without authorize", () => {
    const { config } = setup();
    const wrong = { ...config, sign: {} as never };
    expect(() => createSigilProxy(wrong)).toThrow(expect.objectContaining({ field: "sign.authorize" }));
  });
});
