import { expect, test } from "vitest";
import { controlledFetch, token } from "../../test/controlled.js";
import { type Ended, setUp } from "../../test/sigil.js";

const hello = ["sign", "--address", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "--message", "hello"];

/** An emulator with octane and its control API at one address, as `sigil dev` has them. */
function controlled(approval: "auto" | "manual") {
  const at = setUp({ approval });
  const fetch = controlledFetch(at.emulator);
  const env = { ...at.env, SIGIL_CONTROL_TOKEN: token };
  const trigger = (...argv: string[]) => at.run(["trigger", ...argv], { env: { ...env, ...at.env }, fetch });
  /** `sigil pair`, and what is triggered once its link is there. */
  const pair = async (
    decide: (link: string) => Promise<Ended>,
  ): Promise<[paired: Ended, triggered: Ended]> => {
    let deciding: Promise<Ended> | undefined;
    const onOut = (soFar: string): void => {
      const [link] = /https:\/\/\S+&v=\d{6}/.exec(soFar) ?? [];
      if (link !== undefined) deciding ??= decide(link);
    };
    const paired = await at.run(["pair"], { onOut });
    const [, pairId] = /^SIGIL_PAIR_ID=(.+)$/m.exec(paired.out) ?? [];
    if (pairId !== undefined) at.env.SIGIL_PAIR_ID = pairId;
    return [paired, (await deciding) as Ended];
  };
  return { ...at, fetch, trigger, pair };
}

test("default: opens a link, which pairs where the owner approves by themselves", async () => {
  const { trigger, pair } = controlled("auto");
  const [paired, triggered] = await pair((link) => trigger("approve", "--link", link));
  expect([paired.code, triggered.code]).toEqual([0, 0]);
  expect(triggered.out).toBe("The appliance opened the link, and its owner decided at once.\n");
});

test("behavior: approve and reject answer what waits, the pairing and then the signature", async () => {
  const { trigger, pair, run, emulator } = controlled("manual");
  const [, refused] = await pair((link) => trigger("reject", "--link", link, "--reason", "not mine"));
  expect(refused.out).toBe("The owner rejected the pairing for sigil-cli.\n");
  const [paired, approved] = await pair((link) => trigger("approve", "--link", link));
  expect(approved.out).toBe("The owner approved the pairing for sigil-cli.\n");
  expect(paired.code).toBe(0);
  for (const [event, code] of [
    ["approve", 0],
    ["reject", 3],
  ] as const) {
    const signing = run(hello);
    await expect.poll(async () => (await emulator.appliance.requests()).length).toBe(1);
    expect((await trigger(event)).out).toMatch(/^The owner (approved|rejected) the signature by 0x/);
    expect((await signing).code, event).toBe(code);
  }
  const nothing = await trigger("approve", "--json");
  expect(nothing.code).toBe(1);
  expect(JSON.parse(nothing.out).error).toMatchObject({ code: "trigger_failed" });
});

test("behavior: with a link its own session is decided, whatever has waited for longer", async () => {
  const { trigger, pair, emulator } = controlled("manual");
  const [second, first] = await pair(async (older) => {
    await emulator.appliance.open(older);
    const [paired, approved] = await pair((link) => trigger("approve", "--link", link));
    expect([paired.code, approved.code]).toEqual([0, 0]);
    expect(emulator.appliance.cards()).toHaveLength(1);
    return trigger("reject");
  });
  expect([second.code, first.code]).toEqual([3, 0]);
});

test("behavior: offline, online, revoke and expire are seen by the SP", async () => {
  const { trigger, pair, run } = controlled("auto");
  await pair((link) => trigger("approve", "--link", link));
  expect((await trigger("offline")).code).toBe(0);
  expect((await run([...hello])).err).toContain("appliance_offline");
  expect((await trigger("online")).code).toBe(0);
  expect((await run([...hello])).code).toBe(0);
  expect((await trigger("revoke")).out).toMatch(/^The owner revoked the pair/);
  expect((await run([...hello])).err).toContain("pair_revoked");
  const [expired] = await pair(() => trigger("expire"));
  expect(expired.code).toBe(4);
});

test("behavior: of several pairs revoke lists each, and takes the one that SIGIL_PAIR_ID or --pair-id names", async () => {
  const { trigger, pair, env, emulator } = controlled("auto");
  const pairs: string[] = [];
  for (const _ of [1, 2, 3]) {
    await pair((link) => trigger("approve", "--link", link));
    pairs.push(env.SIGIL_PAIR_ID ?? "");
  }
  const [first = "", second = "", third = ""] = pairs;
  const stateOf = (id: string) => emulator.appliance.pairs().find(({ pair_id }) => pair_id === id)?.state;
  env.SIGIL_PAIR_ID = "";
  const { code, err } = await trigger("revoke");
  expect(code).toBe(1);
  for (const id of pairs) expect(err).toContain(`${id} (active)`);
  expect(err).toContain("--pair-id or SIGIL_PAIR_ID");
  env.SIGIL_PAIR_ID = second;
  expect((await trigger("revoke")).code).toBe(0);
  expect(pairs.map(stateOf)).toEqual(["active", "revoked", "active"]);
  expect((await trigger("revoke", "--pair-id", third)).code).toBe(0);
  expect([first, third].map(stateOf)).toEqual(["active", "revoked"]);
});

test("behavior: --help says that expire moves the clock", async () => {
  const { out } = await controlled("auto").trigger("--help");
  expect(out.replace(/\s+/g, " ")).toContain("expire moves the emulator's clock");
});

test("behavior: a wrong token, no emulator and another machine are told apart, and the token is not repeated", async () => {
  const { env, fetch, run } = controlled("auto");
  const tried = async (change: Record<string, string>, answer = fetch) => {
    const { code, out, err } = await run(["trigger", "online"], {
      env: { ...env, ...change },
      fetch: answer,
    });
    expect(code).toBe(1);
    expect(out + err).not.toMatch(/wrong-token/);
    return err;
  };
  const SIGIL_CONTROL_TOKEN = "wrong-token-of-the-tests";
  expect(await tried({ SIGIL_CONTROL_TOKEN })).toContain("what sigil dev printed at its last start");
  const elsewhere = { SIGIL_CONTROL_TOKEN, SIGIL_OCTANE_URL: "https://octane.example" };
  expect(await tried(elsewhere)).toContain("not of this machine");
  const other = async () => new Response("{}");
  expect(await tried({ SIGIL_CONTROL_TOKEN }, other)).toContain("something else answers there");
  const odd = async () =>
    new Response(JSON.stringify({ error: { message: "\u001b[2J" } }), {
      status: 400,
      headers: { "x-sigil-emulator": "1" },
    });
  expect(await tried({ SIGIL_CONTROL_TOKEN }, odd)).not.toContain("\u001b");
});
