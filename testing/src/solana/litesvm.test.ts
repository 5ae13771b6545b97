import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kitSuite } from "./kitSuite.js";
import { type Litesvm, startLitesvm } from "./litesvm/startLitesvm.js";
import { web3Suite } from "./web3Suite.js";

const ask = async (rpcUrl: string, method: string, params: readonly unknown[] = []): Promise<unknown> => {
  const response = await fetch(rpcUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  return response.json();
};

describe("startLitesvm", () => {
  let chain: Litesvm;
  beforeAll(async () => {
    chain = await startLitesvm();
  });
  afterAll(() => chain.stop());

  kitSuite(() => chain);
  web3Suite(() => chain);

  test("behavior: what it does not know is an error of JSON-RPC", async () => {
    expect(await ask(chain.rpcUrl, "getNothing")).toMatchObject({ error: { code: -32601 } });
    expect(await ask(chain.rpcUrl, "getBalance", ["?"])).toMatchObject({ error: { code: -32602 } });
    expect(await ask(chain.rpcUrl, "sendTransaction", ["AAAA"])).toMatchObject({ error: { code: -32602 } });
    const response = await fetch(chain.rpcUrl, { method: "POST", body: "{" });
    expect(await response.json()).toMatchObject({ error: { code: -32700 } });
  });

  test("behavior: numbers of 64 bits keep all digits", async () => {
    const params = ["11111111111111111111111111111111"];
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "getAccountInfo", params });
    const response = await fetch(chain.rpcUrl, { method: "POST", body });
    expect(await response.text()).toContain('"rentEpoch":18446744073709551615');
  });
});

test("behavior: two at once are two chains; a stopped one is gone", async () => {
  const [one, two] = await Promise.all([startLitesvm(), startLitesvm()]);
  expect(await ask(one.rpcUrl, "getGenesisHash")).toMatchObject({ result: expect.any(String) });
  await one.stop();
  await expect(ask(one.rpcUrl, "getHealth")).rejects.toThrow();
  expect(await ask(two.rpcUrl, "getHealth")).toMatchObject({ result: "ok" });
  await Promise.all([two.stop(), two.stop()]);
});
