import { describe, expect, test } from "vitest";
import { client, firstEvm } from "../../test/client.js";
import { createAppliance } from "../appliance/appliance.js";
import { defaultMnemonic } from "../appliance/derive.js";
import { createRules } from "../appliance/rules/rules.js";
import { createClock } from "../clock/clock.js";
import { addSp } from "../emulatorSp.js";
import { toBase64Url } from "../encoding/base64url.js";
import { createFetch } from "../fetch.js";
import { noJournal } from "../journal/noJournal.js";
import { openRows } from "../journal/rows.js";
import { chains } from "../link/chains.js";
import { createLink } from "../link/link.js";
import type { ApplianceEnd } from "../link/messages.js";
import { systemRandom } from "../random.js";
import { createOctane, type OctaneDeps } from "./octane.js";

const emit = (): void => {};
const journal = noJournal;

/** An emulator whose link can be cut. */
function withLink({ now = Date.now, ...more }: Partial<OctaneDeps> & { now?: () => number } = {}) {
  const link = createLink();
  let up = true;
  const cut: ApplianceEnd = createLink().appliance;
  /** What happens after the device has signed and before octane hears of it. */
  const hooks = { signed: async (): Promise<unknown> => undefined, asked: 0 };
  const appliance: ApplianceEnd = {
    validate: (request) => (up ? link.appliance : cut).validate(request),
    sign: async (message, signal) => {
      hooks.asked += 1;
      const answer = await (up ? link.appliance : cut).sign(message, signal);
      await hooks.signed();
      return answer;
    },
    revoked: (pairId) => (up ? link.appliance : cut).revoked(pairId),
  };
  const clock = createClock({ now });
  const policy = { supportedChains: chains, rateLimit: null, maxWrongCodes: 3, userTimeoutMs: 1_000 };
  const shared = { clock, randomBytes: systemRandom, emit, journal };
  const octane = createOctane({ ...shared, policy, ...more });
  link.attachOctane(octane.connect("a", appliance));
  const device = createAppliance({
    ...shared,
    row: {
      id: "a",
      name: "Ada's",
      identity_seed: toBase64Url(systemRandom(32)),
      mnemonic: defaultMnemonic,
      wallets_per_chain: 1,
      imported_keys: [],
      online: true,
    },
    link,
    approval: "auto",
    rules: createRules(openRows(journal, "settings"), emit),
    maxWrongCodes: () => 3,
  });
  link.attachAppliance(device.end);
  device.connect();
  const sp = addSp(octane, systemRandom, { name: "Ada's" });
  const fetch = createFetch((request, signal) =>
    octane.fetch(request, signal === undefined ? {} : { signal }),
  );
  return {
    sp: client({ fetch, sp, appliance: device.appliance }),
    hooks,
    cut: () => {
      up = false;
    },
  };
}

describe("an appliance that cannot be reached", () => {
  test("behavior: 503 for what needs it, after everything else has been decided", async () => {
    const { sp, cut } = withLink();
    const pairId = await sp.pair();
    cut();
    const answers = [await sp.sign(firstEvm), await sp.validate(pairId)];
    expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual([
      [503, "appliance_offline"],
      [503, "appliance_offline"],
    ]);
    expect((await sp.sign(firstEvm, undefined, { chain: "bnb" })).body.error.code).toBe("scope_denied");
    expect((await sp.get(`/sp/pairings/${pairId}/wallets`)).status).toBe(200);
  });

  test("behavior: a pairing is revoked all the same", async () => {
    const { sp, cut } = withLink();
    const pairId = await sp.pair();
    cut();
    expect((await sp.del(`/sp/pairings/${pairId}`)).body.revoked).toBe(true);
    expect((await sp.sign(firstEvm)).body.error.code).toBe("pair_revoked");
  });
});

describe("octane's own checks", () => {
  test("behavior: a signature made just before the revocation does not leave", async () => {
    const { sp, hooks } = withLink();
    const pairId = await sp.pair();
    hooks.signed = () => sp.del(`/sp/pairings/${pairId}`);
    const { status, body } = await sp.sign(firstEvm);
    expect([status, body.error.code]).toEqual([403, "pair_revoked"]);
  });

  test("behavior: what is out of scope does not even reach the appliance", async () => {
    const { sp, hooks } = withLink();
    await sp.pair({ requested_scopes: [{ chain: "ethereum", access: "read" }] });
    expect((await sp.sign(firstEvm)).body.error.code).toBe("scope_denied");
    expect(hooks.asked).toBe(0);
  });
});

describe("open sessions", () => {
  test("behavior: a provider with as many as it may have is told when to try again", async () => {
    let now = 0;
    const { sp } = withLink({ now: () => now, sessionLimits: { live: 3, ended: 3 } });
    for (const _ of [1, 2, 3]) expect((await sp.session({ expires_in_secs: 90 })).status).toBe(201);
    const { status, headers, body } = await sp.session();
    expect([status, body.error.code]).toEqual([429, "rate_limited"]);
    expect(headers.get("retry-after")).toBe("90");
    now = 90_000;
    expect((await sp.session()).status).toBe(201);
  });
});
