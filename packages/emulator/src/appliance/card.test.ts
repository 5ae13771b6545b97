import { describe, expect, test } from "vitest";
import { client, digest, encode, everything, firstEvm, until } from "../../test/client.js";
import { ApplianceError, type ApprovalRequest, createEmulator } from "../index.js";

const over = { name: "ApplianceError", code: "session_over" };

describe("open", () => {
  test("default", async () => {
    const emulator = createEmulator({ approval: "manual", allowedReturnOrigins: ["https://you.com"] });
    const { body } = await client(emulator).session({ return_url: "https://you.com/done" });
    const card = await emulator.appliance.open(body.pair_uri);
    expect(card).toEqual({
      session_id: body.session_id,
      sp: { id: emulator.sp.id, name: "Test service provider", public_key: emulator.sp.publicKey },
      sp_user_ref: "ada",
      requested_scopes: everything,
      expires_at: body.expires_at,
      return_url: "https://you.com/done",
      has_code: false,
      approve: expect.any(Function),
      reject: expect.any(Function),
    });
  });

  test.each([
    ["https", (id: string) => `https://sigilvault.xyz/pair?session=${id}&v=123456`],
    [
      "https, escaped",
      (id: string) =>
        `https://sigilvault.xyz/pair?v=123456&session=%${id.charCodeAt(0).toString(16)}${id.slice(1)}`,
    ],
    ["sigil", (id: string) => `sigil://pair?session=${id}&v=123456`],
    ["sigil in capitals", (id: string) => `SIGIL://pair?session=${id}&v=123456`],
  ])("parameters: the %s form with a code", async (_, link) => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const { body } = await sp.session();
    await emulator.appliance.open(link(body.session_id));
    const { pair_id } = await sp.result(body.session_id);
    expect((await sp.validate(pair_id)).status).toBe(200);
  });

  test.each([
    ["a bare id", (id: string) => id],
    ["a QR code", (id: string) => `sigil://pair?session=${id}`],
  ])("parameters: %s, with the code typed", async (_, link) => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const { body } = await sp.session();
    await emulator.appliance.open(link(body.session_id), { code: "042424" });
    const { pair_id } = await sp.result(body.session_id);
    expect((await sp.validate(pair_id, "042424")).status).toBe(200);
  });

  test("behavior: what would approve by itself can be told to wait for a code, at once or later", async () => {
    for (const then of ["approve", { delayMs: 10, then: "approve" }] as const) {
      const emulator = createEmulator({ approval: "manual" });
      emulator.rules.add({ then });
      const sp = client(emulator);
      const { body } = await sp.session();
      const card = await emulator.appliance.open(body.session_id, { waitForCode: true });
      emulator.clock.advance(20);
      expect(emulator.appliance.cards()).toEqual([card]);
      await card.approve({ code: "042424" });
      const { pair_id } = await sp.result(body.session_id);
      expect((await sp.validate(pair_id, "042424")).status).toBe(200);
    }
  });

  test("behavior: told so, it still approves with a code, and rejects without", async () => {
    const approving = createEmulator();
    const { body } = await client(approving).session();
    await approving.appliance.open(body.session_id, { code: "042424", waitForCode: true });
    expect(approving.appliance.pairs()).toHaveLength(1);
    const rejecting = createEmulator();
    rejecting.rules.add({ then: { reject: "no" } });
    const session = await client(rejecting).session();
    await rejecting.appliance.open(session.body.session_id, { waitForCode: true });
    expect(rejecting.appliance.cards()).toEqual([]);
  });

  test.each([
    ["", "bad_link"],
    [undefined as never, "bad_link"],
    ["https://evil.test/pair?session=x", "bad_link"],
    ["http://sigilvault.xyz/pair?session=x", "bad_link"],
    ["https://sigilvault.xyz/other?session=x", "bad_link"],
    ["https://sigilvault.xyz/pair?session=", "bad_link"],
    ["sigil://other?session=x", "bad_link"],
    ["javascript:alert(1)?session=x", "bad_link"],
    ["sigil://pair?session=x&v=12345", "bad_code"],
    ["sigil://pair?session=x&v=12345a", "bad_code"],
    ["sigil://pair?session=nobody", "session_not_found"],
    ["nobody", "session_not_found"],
  ])("behavior: %j is %s", async (link, code) => {
    const opening = createEmulator().appliance.open(link);
    await expect(opening).rejects.toBeInstanceOf(ApplianceError);
    await expect(opening).rejects.toMatchObject({ code });
  });

  test("behavior: under auto the session is over once opened", async () => {
    const { card } = await client(createEmulator()).open();
    await expect(card.approve()).rejects.toMatchObject(over);
    await expect(card.reject()).rejects.toMatchObject(over);
  });
});

describe("approve", () => {
  const manual = async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    return { emulator, sp, ...(await sp.open()) };
  };

  test("default", async () => {
    const { sp, card, id } = await manual();
    const { pair_id, bindings } = await card.approve();
    const frame = await sp.result(id);
    expect(frame).toMatchObject({ pair_id, bindings });
    expect(bindings).toHaveLength(everything.length * 2);
    expect((await sp.validate(pair_id)).status).toBe(200);
  });

  test("behavior: the code the owner types stands, not the link's", async () => {
    const { sp, card } = await manual();
    const { pair_id } = await card.approve({ code: "777777" });
    expect((await sp.validate(pair_id)).status).toBe(403);
    expect((await sp.validate(pair_id, "777777")).status).toBe(200);
  });

  test("behavior: a scope twice is one binding", async () => {
    const { card } = await manual();
    const scope = { chain: "solana", access: "read" } as const;
    const { bindings } = await card.approve({ scopes: [scope, { ...scope, wallet_index: 1 }] });
    expect(bindings.map(({ wallet_index }) => wallet_index)).toEqual([0, 1]);
  });

  test.each([
    ["not asked for", { scopes: [{ chain: "base", access: "sign" }] }, "scope_not_requested"],
    [
      "a wallet there is not",
      { scopes: [{ chain: "solana", access: "sign", wallet_index: 2 }] },
      "scope_not_requested",
    ],
    ["a code that is none", { code: "12345" }, "bad_code"],
  ] as const)("behavior: %s is refused, and the session stays open", async (_, options, code) => {
    const { card } = await manual();
    await expect(card.approve(options)).rejects.toMatchObject({ code });
    await card.approve();
  });

  test("behavior: twice at once, one wins; afterwards nothing goes", async () => {
    const { card } = await manual();
    const outcomes = await Promise.allSettled([card.approve(), card.approve(), card.reject()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    await expect(card.approve()).rejects.toMatchObject(over);
  });

  test("behavior: of two sessions each code and result stays with its own", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    const [one, two] = [await sp.open(), await sp.open()];
    const first = await one.card.approve({ code: "111111" });
    const second = await two.card.approve({ code: "222222" });
    expect((await sp.result(two.id)).pair_id).toBe(second.pair_id);
    expect((await sp.validate(first.pair_id, "222222")).status).toBe(403);
    expect((await sp.validate(second.pair_id, "222222")).status).toBe(200);
  });
});

describe("reject", () => {
  test("default", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    const { card, id } = await sp.open();
    await card.reject();
    expect(await sp.result(id)).toMatchObject({ kind: "pair_rejected", reason: "rejected by the user" });
    await expect(emulator.appliance.open(id)).rejects.toMatchObject(over);
  });
});

describe("revoke", () => {
  test("default", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const pairId = await sp.pair();
    await emulator.appliance.revoke(pairId);
    await emulator.appliance.revoke(pairId);
    expect((await sp.sign(firstEvm)).body.error.code).toBe("pair_revoked");
    await expect(emulator.appliance.revoke("none")).rejects.toMatchObject({ code: "pair_not_found" });
  });
});

describe("approval", () => {
  test("default", async () => {
    const sp = client(createEmulator());
    await sp.pair();
    expect((await sp.sign(firstEvm)).status).toBe(200);
  });

  test("parameters: a function that sees everything and may take its time", async () => {
    const seen: ApprovalRequest[] = [];
    const emulator = createEmulator({
      approval: async (request) => {
        seen.push(request);
        return "approve";
      },
    });
    const sp = client(emulator);
    const pair_id = await sp.pair();
    await sp.sign(firstEvm, digest, { chain: "polygon" });
    expect(seen.map(({ kind }) => kind)).toEqual(["pair", "sign"]);
    expect(seen[0]).toMatchObject({ sp_user_ref: "ada", requested_scopes: everything });
    expect(seen[1]).toMatchObject({ pair_id, address: firstEvm, chain: "polygon", payload: encode(digest) });
    expect(JSON.stringify(seen)).not.toContain("123456");
  });

  test("parameters: a function that rejects", async () => {
    const sp = client(createEmulator({ approval: ({ kind }) => (kind === "pair" ? "approve" : "reject") }));
    await sp.pair();
    expect((await sp.sign(firstEvm)).body.error.code).toBe("user_rejected");
    const none = client(createEmulator({ approval: () => "reject" }));
    const { id } = await none.open();
    expect((await none.result(id)).kind).toBe("pair_rejected");
  });

  test("parameters: a function that waits leaves it to card and request", async () => {
    const emulator = createEmulator({ approval: () => "wait" });
    const sp = client(emulator);
    const { card } = await sp.open();
    const { pair_id } = await card.approve();
    await sp.validate(pair_id);
    const answer = sp.sign(firstEvm);
    await (await until(async () => (await emulator.appliance.requests())[0])).approve();
    expect((await answer).status).toBe(200);
  });

  test("behavior: a function that throws, or answers nonsense, fails aloud", async () => {
    const broken = { throws: () => Promise.reject(new Error("my own bug")), answers: () => "yes" as never };
    for (const [kind, decide] of Object.entries(broken)) {
      const emulator = createEmulator({
        approval: (request) => (request.kind === "pair" ? "approve" : decide()),
      });
      const sp = client(emulator);
      await sp.pair();
      const { status, body } = await sp.sign(firstEvm);
      expect([status, body.error.code]).toEqual([500, "internal_error"]);
      expect(body.error.message).toContain(kind === "throws" ? "my own bug" : "must return");
      const opened = client(createEmulator({ approval: decide })).open();
      await expect(opened).rejects.toThrow(kind === "throws" ? "my own bug" : "must return");
    }
  });

  test("behavior: a decision that comes after the caller has left signs nothing", async () => {
    let decide: (decision: "approve") => void = () => {};
    const emulator = createEmulator({
      approval: ({ kind }) =>
        kind === "pair"
          ? "approve"
          : new Promise<"approve">((resolve) => {
              decide = resolve;
            }),
    });
    const sp = client(emulator);
    await sp.pair();
    const controller = new AbortController();
    const answer = sp.sign(firstEvm, digest, {}, { signal: controller.signal });
    answer.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    decide("approve");
    await expect(answer).rejects.toThrow();
    expect(await emulator.appliance.requests()).toEqual([]);
  });

  test("behavior: a pairing revoked while the function decides gets no signature", async () => {
    let pairId = "";
    const emulator = createEmulator({
      approval: async ({ kind }) => {
        if (kind === "sign") await emulator.appliance.revoke(pairId);
        return "approve";
      },
    });
    const sp = client(emulator);
    pairId = await sp.pair();
    expect((await sp.sign(firstEvm)).body.error.code).toBe("pair_revoked");
  });

  test("behavior: a function that never decides is timed out", async () => {
    const emulator = createEmulator({
      approval: ({ kind }) => (kind === "pair" ? "approve" : new Promise<"approve">(() => {})),
      userTimeoutMs: 20,
    });
    const sp = client(emulator);
    await sp.pair();
    expect((await sp.sign(firstEvm)).body.error.code).toBe("user_timeout");
  });
});

describe("what the test is given", () => {
  test("behavior: changing it changes nothing on record", async () => {
    const read = { chain: "ethereum", access: "read" };
    const spoil = (scopes: readonly object[]) => {
      for (const scope of scopes) Object.assign(scope, { access: "sign" });
    };
    const emulator = createEmulator({
      approval: (request) => {
        if (request.kind === "pair") spoil(request.requested_scopes);
        return request.kind === "pair" ? "wait" : "approve";
      },
    });
    const sp = client(emulator);
    const { card } = await sp.open({ requested_scopes: [read] });
    spoil(card.requested_scopes);
    const sign = { chain: "ethereum", access: "sign" } as const;
    await expect(card.approve({ scopes: [sign] })).rejects.toMatchObject({ code: "scope_not_requested" });
    const { pair_id, bindings } = await card.approve();
    spoil(bindings);
    await sp.validate(pair_id);
    expect((await sp.sign(firstEvm)).body.error.code).toBe("scope_denied");
    const { entries } = (await sp.get(`/sp/pairings/${pair_id}/wallets`)).body;
    expect(entries.every((entry: { sign: boolean }) => !entry.sign)).toBe(true);
  });
});
