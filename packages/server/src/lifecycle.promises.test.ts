import { figure, rounds } from "@sigil/testing/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { eventIn, page } from "../test/page.js";
import { type Setup, setup } from "../test/setup.js";

type State = "waiting" | "completed" | "rejected" | "expired";

/** What must be true of one session, whatever has been done so far. */
type Model = {
  /** Octane's word, which the proxy learns by a wait only. */
  upstream: "open" | "approved" | "wrong code" | "rejected" | "expired";
  /** What pages are told. */
  state: State;
  reason: string | undefined;
};

type Real = Setup & {
  readonly user: string;
  readonly session: Awaited<ReturnType<ReturnType<typeof page>["mint"]>>;
};

const path = ({ session }: Real): string => `/sp/pair/sessions/${session.session_id}`;
const own = ({ proxy, user }: Real): ReturnType<typeof page> => page(proxy.fetch, user);

/** How many times each command ran; a model that never gets somewhere shows nothing. */
const ran: Record<string, number> = {};

function command(
  name: string,
  run: (model: Model, real: Real) => Promise<void>,
): fc.Arbitrary<fc.AsyncCommand<Model, Real>> {
  const counted = async (model: Model, real: Real): Promise<void> => {
    ran[name] = (ran[name] ?? 0) + 1;
    await run(model, real);
    await expectModel(model, real);
  };
  return fc.constant({ check: () => true, run: counted, toString: () => name });
}

/** After each command pages, the SP and octane agree with the model. */
async function expectModel(model: Model, real: Real): Promise<void> {
  expect(await own(real).state(real.session.session_id)).toBe(model.state);
  const completed = model.state === "completed";
  const { session, user, paired, emulator } = real;
  expect(paired.filter((each) => each.sessionId === session.session_id)).toHaveLength(completed ? 1 : 0);
  const pairs = emulator.appliance.pairs().filter((each) => each.sp_user_ref === user);
  expect(pairs.some((each) => each.state === "active")).toBe(completed);
  expect(real.errors).toEqual([]);
}

/** The owner's side: an end is final there as well. */
function decide(
  name: string,
  to: Model["upstream"],
  act: (real: Real, code: string) => Promise<void>,
): fc.Arbitrary<fc.AsyncCommand<Model, Real>> {
  return command(name, async (model, real) => {
    const { validation_code: right } = real.session;
    const wrong = right === "000000" ? "000001" : "000000";
    const acted = act(real, to === "wrong code" ? wrong : right);
    if (model.upstream !== "open") return expect(acted).rejects.toMatchObject({ code: "session_over" });
    await acted;
    model.upstream = to;
  });
}

const outcomes = {
  approved: ["completed", undefined],
  "wrong code": ["rejected", "wrong_validation_code"],
  rejected: ["rejected", "user_rejected"],
  expired: ["expired", undefined],
} as const;

const commands = [
  decide("approve", "approved", async ({ emulator, session }, code) => {
    await (await emulator.appliance.open(session.pair_uri, { code })).approve();
  }),
  decide("approve with a wrong code", "wrong code", async ({ emulator, session }, code) => {
    await (await emulator.appliance.open(session.pair_uri, { code })).approve();
  }),
  decide("reject", "rejected", async ({ emulator, session }, code) => {
    await (await emulator.appliance.open(session.pair_uri, { code })).reject();
  }),
  command("let it expire", async (model, { emulator }) => {
    emulator.clock.advance(301_000);
    if (model.upstream === "open") model.upstream = "expired";
  }),
  command("wait", async (model, real) => {
    const { state, upstream } = model;
    if (state === "waiting" && upstream === "open") return;
    if (state === "waiting")
      [model.state, model.reason] = outcomes[upstream as Exclude<typeof upstream, "open">];
    const event = eventIn(await own(real).result(real.session.session_id));
    expect([event?.kind, event?.reason]).toEqual([`pair_${model.state}`, model.reason]);
  }),
  command("come and go", async (model, real) => {
    if (model.state === "waiting" && model.upstream !== "open") return;
    await (await own(real).get(`${path(real)}/result`)).body?.cancel();
  }),
  command("cancel", async (model, real) => {
    const answer = await own(real).post(`${path(real)}/cancel`);
    if (model.state === "waiting") [model.state, model.reason] = ["rejected", "cancelled"];
    expect(await answer.json()).toMatchObject({ state: model.state });
  }),
  command("another user's", async (_, real) => {
    const bob = page(real.proxy.fetch, "bob");
    const answers = [
      await bob.get(path(real)),
      await bob.get(`${path(real)}/result`),
      await bob.post(`${path(real)}/cancel`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  }),
  command("sign", async ({ state }, real) => {
    const { status } = await own(real).sign({ payload: "A".repeat(43), algo: "secp256k1" });
    expect(status).toBe(state === "completed" ? 200 : 403);
  }),
];

test("R53: whatever is done in whatever order, a session ends once, and nothing follows its end", {
  timeout: 1_800_000,
}, async () => {
  const runs = rounds(10_000);
  const ends: Record<string, number> = {};
  let made: Setup | undefined;
  let begun = 0;
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 12 }), async (sequence) => {
      // A new octane now and then, so that none grows large.
      if (made === undefined || begun % 100 === 0)
        made = setup({}, { approval: ({ kind }) => (kind === "pair" ? "wait" : "approve") });
      begun += 1;
      const user = `user${begun}`;
      const real = { ...made, user, session: await page(made.proxy.fetch, user).mint() };
      const model: Model = { upstream: "open", state: "waiting", reason: undefined };
      await fc.asyncModelRun(() => ({ model, real }), sequence);
      const end = model.reason ?? model.state;
      ends[end] = (ends[end] ?? 0) + 1;
    }),
    { numRuns: runs },
  );
  expect(Object.keys(ran)).toHaveLength(commands.length);
  const reached = Object.keys(ends).toSorted();
  const all = ["cancelled", "completed", "expired", "user_rejected", "waiting", "wrong_validation_code"];
  expect(reached).toEqual(all);
  const told = reached.map((end) => `${ends[end]} ${end}`).join(", ");
  figure("R53", `${runs} sequences of commands, every transition legal: ${told}`);
});
