import { describe, expect, test } from "vitest";
import { client, digest, firstEvm, until } from "../../../test/client.js";
import { createEmulator } from "../../index.js";
import { createIdempotency } from "./idempotency.js";

const keyed = (key: string, more: RequestInit = {}): RequestInit => ({
  ...more,
  headers: { "idempotency-key": key },
});

/** A pairing whose signatures are counted. */
async function counting(approval: "approve" | "reject" | "wait" = "approve") {
  let asked = 0;
  const emulator = createEmulator({
    approval: ({ kind }) => {
      if (kind === "pair") return "approve";
      asked += 1;
      return approval;
    },
  });
  const sp = client(emulator);
  await sp.pair();
  const request = () => until(async () => (await emulator.appliance.requests())[0]);
  return { emulator, sp, request, asked: () => asked };
}

describe("Idempotency-Key", () => {
  test("default", async () => {
    const { sp, asked } = await counting();
    const first = await sp.sign(firstEvm, digest, {}, keyed("one"));
    const again = await sp.sign(firstEvm, digest, {}, keyed("one"));
    expect(first.status).toBe(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("x-request-id")).toBe(first.body.request_id);
    expect([first, again].map(({ headers }) => headers.get("idempotency-replayed"))).toEqual([null, "true"]);
    expect(asked()).toBe(1);
  });

  test("behavior: without a key, or with another, the user is asked again", async () => {
    const { sp, asked } = await counting();
    await sp.sign(firstEvm);
    await sp.sign(firstEvm);
    await sp.sign(firstEvm, digest, {}, keyed("one"));
    await sp.sign(firstEvm, digest, {}, keyed("two"));
    expect(asked()).toBe(4);
  });

  test("behavior: a refusal is an answer too", async () => {
    const { sp, asked } = await counting("reject");
    const first = await sp.sign(firstEvm, digest, {}, keyed("one"));
    const again = await sp.sign(firstEvm, digest, {}, keyed("one"));
    expect([first.status, again.status, asked()]).toEqual([403, 403, 1]);
    expect(again.body).toEqual(first.body);
  });

  test("behavior: the same call at once shares one answer", async () => {
    const { sp, asked, request } = await counting("wait");
    const answers = [1, 2, 3].map(() => sp.sign(firstEvm, digest, {}, keyed("one")));
    await (await request()).approve();
    const bodies = (await Promise.all(answers)).map(({ body }) => JSON.stringify(body));
    expect(new Set(bodies).size).toBe(1);
    expect(asked()).toBe(1);
  });

  test("behavior: who hangs up leaves the request with its owner, and the same key comes back to it", async () => {
    const { emulator, sp, asked, request } = await counting("wait");
    const controllers = [new AbortController(), new AbortController()];
    const answers = controllers.map(({ signal }) => sp.sign(firstEvm, digest, {}, keyed("one", { signal })));
    for (const answer of answers) answer.catch(() => {});
    const shown = await request();
    for (const controller of controllers) controller.abort();
    for (const answer of answers) await expect(answer).rejects.toThrow();
    const again = sp.sign(firstEvm, digest, {}, keyed("one"));
    expect(await emulator.appliance.requests()).toHaveLength(1);
    await shown.approve();
    const { status, headers } = await again;
    expect([status, headers.get("idempotency-replayed"), asked()]).toEqual([200, "true", 1]);
  });

  test.each([
    ["approved", 200, undefined],
    ["refused", 403, "user_rejected"],
    ["timed out", 408, "user_timeout"],
    ["revoked", 403, "pair_revoked"],
  ] as const)("behavior: what was %s while nobody waited is kept for the key", async (how, status, code) => {
    const { emulator, sp, asked, request } = await counting("wait");
    const controller = new AbortController();
    const first = sp.sign(firstEvm, digest, {}, keyed("one", { signal: controller.signal }));
    first.catch(() => {});
    const shown = await request();
    controller.abort();
    await expect(first).rejects.toThrow();
    await {
      approved: () => shown.approve(),
      refused: () => shown.reject(),
      "timed out": async () => emulator.clock.advance(280_000),
      revoked: () => emulator.appliance.revoke(shown.pair_id),
    }[how]();
    const again = await sp.sign(firstEvm, digest, {}, keyed("one"));
    expect([again.status, again.body.error?.code, asked()]).toEqual([status, code, 1]);
    expect(await emulator.appliance.requests()).toEqual([]);
  });

  test("behavior: the first caller may leave, and the second still gets the answer", async () => {
    const { sp, request } = await counting("wait");
    const controller = new AbortController();
    const first = sp.sign(firstEvm, digest, {}, keyed("one", { signal: controller.signal }));
    const second = sp.sign(firstEvm, digest, {}, keyed("one"));
    first.catch(() => {});
    const asked = await request();
    controller.abort();
    await asked.approve();
    expect((await second).status).toBe(200);
  });

  test("behavior: what the user has answered stays, though the caller left before it heard", async () => {
    const { emulator, sp, asked, request } = await counting("wait");
    const controller = new AbortController();
    const first = sp.sign(firstEvm, digest, {}, keyed("one", { signal: controller.signal }));
    first.catch(() => {});
    await (await request()).approve();
    controller.abort();
    await expect(first).rejects.toThrow();
    const again = await sp.sign(firstEvm, digest, {}, keyed("one"));
    expect([again.status, again.headers.get("idempotency-replayed"), asked()]).toEqual([200, "true", 1]);
    expect(await emulator.appliance.requests()).toHaveLength(0);
  });

  test("behavior: a session whose maker left early is made once all the same", async () => {
    const { sp } = await counting();
    const made = { sp_user_ref: "ada", requested_scopes: [{ chain: "base", access: "sign" }] };
    for (const ticks of [0, 1, 2, 4, 8, 16]) {
      const controller = new AbortController();
      const key = keyed(`k${ticks}`, { signal: controller.signal });
      const first = sp.post("/sp/pair/sessions", made, key).catch(() => undefined);
      for (let tick = 0; tick < ticks; tick += 1) await undefined;
      controller.abort();
      await first;
      const [second, third] = [
        await sp.post("/sp/pair/sessions", made, keyed(`k${ticks}`)),
        await sp.post("/sp/pair/sessions", made, keyed(`k${ticks}`)),
      ];
      expect(second.body).toEqual(third.body);
    }
  });

  test.each([["another body"], ["another route"]])(
    "behavior: %s under the same key is refused",
    async (what) => {
      const { sp, asked } = await counting();
      await sp.sign(firstEvm, digest, {}, keyed("one"));
      const answer =
        what === "another body"
          ? await sp.sign(
              firstEvm,
              digest.map((byte) => byte + 1),
              {},
              keyed("one"),
            )
          : await sp.post("/sp/pair/sessions", {}, keyed("one"));
      expect([answer.status, answer.body.error.code]).toEqual([400, "bad_request"]);
      expect(answer.body.error.message).toContain("Idempotency-Key");
      expect(asked()).toBe(1);
    },
  );

  test("behavior: a session is made once", async () => {
    const { sp } = await counting();
    const body = { sp_user_ref: "ada", requested_scopes: [{ chain: "base", access: "sign" }] };
    const made = await Promise.all([1, 2, 3].map(() => sp.post("/sp/pair/sessions", body, keyed("one"))));
    expect(new Set(made.map((each) => each.body.session_id)).size).toBe(1);
  });

  test("behavior: a replayed wrong code counts once", async () => {
    const sp = client(createEmulator());
    const pair_id = await sp.pairPending();
    for (const _ of [1, 2, 3, 4, 5]) {
      await sp.post("/sp/pair/validate", { pair_id, code: "000000" }, keyed("one"));
    }
    expect((await sp.validate(pair_id)).status).toBe(200);
  });

  test("behavior: each provider has its own keys", async () => {
    const { emulator, sp } = await counting();
    const other = client(emulator, emulator.addSp());
    const body = { sp_user_ref: "ada", requested_scopes: [{ chain: "base", access: "sign" }] };
    const [mine, theirs] = [
      await sp.post("/sp/pair/sessions", body, keyed("one")),
      await other.post("/sp/pair/sessions", body, keyed("one")),
    ];
    expect(mine.body.session_id).not.toBe(theirs.body.session_id);
  });

  test("behavior: bad JSON comes before a bad key", async () => {
    const { sp } = await counting();
    const headers = { "content-type": "application/json", "idempotency-key": "" };
    const answer = await sp.raw("POST", "/sp/sign", { headers, body: "{" });
    expect((await answer.json()).error.code).toBe("bad_json");
  });

  test.each([
    ["empty", ""],
    ["too long", "x".repeat(256)],
  ])("parameters: a key that is %s", async (_, key) => {
    const { body } = await client(createEmulator()).post("/sp/sign", {}, keyed(key));
    expect(body.error).toMatchObject({
      code: "bad_request",
      message: expect.stringContaining("Idempotency-Key"),
    });
  });
});

describe("createIdempotency", () => {
  const call = (key: string, status: number, made: string[]) => ({
    spId: "sp",
    key,
    fingerprint: "same",
    run: async () => {
      made.push(key);
      return { status, body: {}, requestId: key };
    },
  });

  test("behavior: keeps no more than it may, the oldest goes first", async () => {
    const store = createIdempotency(2);
    const made: string[] = [];
    for (const key of ["a", "b", "c", "c", "b", "a"]) await store.once(call(key, 200, made));
    expect(made).toEqual(["a", "b", "c", "a"]);
  });

  test.each([429, 500, 503])("behavior: %d is not kept: trying again is what it asks for", async (status) => {
    const store = createIdempotency();
    const made: string[] = [];
    for (const _ of [1, 2]) await store.once(call("a", status, made));
    expect(made).toHaveLength(2);
  });

  test("behavior: work that throws is forgotten", async () => {
    const store = createIdempotency();
    const failing = { ...call("a", 200, []), run: async () => Promise.reject(new Error("broken")) };
    await expect(store.once(failing)).rejects.toThrow("broken");
    const made: string[] = [];
    await store.once(call("a", 200, made));
    expect(made).toEqual(["a"]);
  });
});
