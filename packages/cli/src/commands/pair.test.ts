import { expect, test } from "vitest";
import { opens, setUp } from "../../test/sigil.js";

test("default: shows link and code, waits, validates, and prints the pair and its wallets", async () => {
  const { emulator, run } = setUp();
  const { code, out, err } = await run(["pair"], { onOut: opens(emulator) });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const [, link = "", linkCode] = /(https:\/\/sigilvault\.xyz\/pair\?session=\S+&v=(\d{6}))/.exec(out) ?? [];
  expect(link).not.toBe("");
  expect(out).toContain(`The app asks for this code: ${linkCode}`);
  expect(out).toMatch(/Waiting for the user, 5:00 at most\./);
  expect(out).toMatch(/^SIGIL_PAIR_ID=[0-9a-f-]{36}$/m);
  expect(out).toMatch(/ethereum +0 +0x[0-9a-fA-F]{40} +sign/);
});

test("behavior: --json prints one document, and what the user needs on stderr", async () => {
  const { emulator, run } = setUp();
  const argv = [
    "pair",
    "--json",
    "--chain",
    "ethereum",
    "solana",
    "--access",
    "read",
    "sign",
    "--user",
    "ada",
  ];
  const { code, out, err } = await run(argv, { onOut: opens(emulator) });
  expect(code).toBe(0);
  expect(err).toMatch(/&v=\d{6}/);
  const { pairId, entries } = JSON.parse(out);
  expect(pairId).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(entries.map(({ chain }: { chain: string }) => chain))).toEqual(
    new Set(["ethereum", "solana"]),
  );
  expect(entries[0]).toMatchObject({ read: true, sign: true });
});

test("behavior: exit code 3 where the user rejects, with their reason", async () => {
  const { emulator, run } = setUp({ approval: "manual" });
  const reject = async (soFar: string) => {
    const [link] = /https:\/\/\S+&v=\d{6}/.exec(soFar) ?? [];
    if (link !== undefined) await (await emulator.appliance.open(link)).reject("not \u001b[31mmine");
  };
  let asked = false;
  const onOut = (soFar: string) => {
    if (asked || !soFar.includes("&v=")) return;
    asked = true;
    void reject(soFar);
  };
  const { code, err } = await run(["pair"], { onOut });
  expect(code).toBe(3);
  expect(err).toContain("The reason given: not  [31mmine");
  expect(err).toContain("sigil pair again");
});

test("behavior: exit code 4 where the session expires", async () => {
  const { run } = setUp();
  const { code, err } = await run(["pair", "--expires-in", "1"]);
  expect(code).toBe(4);
  expect(err).toContain("(expired, see docs/errors.md#kinds-of-pairerror)");
});

test("behavior: an interruption ends the wait with 130, and leaves no countdown", async () => {
  const { run } = setUp();
  const interruption = new AbortController();
  const onOut = (soFar: string) => {
    if (soFar.includes("Waiting for the user: 5:00")) interruption.abort("SIGINT");
  };
  const { code, out } = await run(["pair"], { signal: interruption.signal, isTTY: true, onOut });
  expect(code).toBe(130);
  expect(out).toMatch(/\r +\r$/);
});

test("behavior: an id of octane's that is none is octane's fault, not that of the command line", async () => {
  const { emulator, run } = setUp();
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await emulator.fetch(input, init);
    if (!/\/result$/.test(new URL(new Request(input).url).pathname)) return response;
    const text = (await response.text()).replace(/"pair_id":"/, '"pair_id":"\\u001b');
    return new Response(text, response);
  };
  const { code, err } = await run(["pair"], { fetch, onOut: opens(emulator) });
  expect(code).toBe(1);
  expect(err).toContain("What octane answered is wrong: pair_id: ");
  expect(err).toContain("(not_octane, see docs/errors.md");
});
