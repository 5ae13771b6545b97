import { type Answer, answered, refused } from "../Answer.js";
import { encode, random } from "../bytes.js";
import { type Check, checksOf } from "../Check.js";
import { isCount } from "../forms.js";
import type { Probe } from "../Probe.js";
import { activePairing, asked, pairing, wrongCode } from "../pairings.js";
import { pairingPath, postCode, unknownId } from "../requests.js";
import { payloadOf, postSign, walletsOf } from "../signing.js";
import { all, same, Untried } from "../Verdict.js";
import type { Watch } from "../Watch.js";
import { mainParts } from "./pending.js";
import { isStream, replayed } from "./streams.js";

/** How late a revocation may be told to a stream that is open, in milliseconds. */
const lateMs = 5_000;

/** The end of a pairing, from either side. */
export const revocation: readonly Check[] = [
  ...checksOf("Routes", [
    [
      "revoke.unknown-404",
      "An unknown pairing cannot be revoked: 404 not_found.",
      async (octane) => refused(await octane.send("DELETE", pairingPath(unknownId)), 404, "not_found"),
    ],
    [
      "revoke.while-deciding",
      "If the pairing ends while its user decides, no signature leaves: 403 pair_revoked.",
      async (octane) => {
        const { pair_id } = await activePairing(octane, "second");
        const wallet = (await walletsOf(octane, pair_id)).find(({ sign }) => sign);
        if (wallet === undefined) throw new Untried("signing was not approved");
        const parts = { pair_id, ...wallet, payload: payloadOf("secp256k1") };
        const { approver, waitMs } = octane.settings;
        const prompt = { ...parts, payload: encode(parts.payload), decision: "leave" } as const;
        const answer = postSign(octane, parts, {}, { decideMs: waitMs });
        await Promise.race([asked(approver.sign(prompt)), answer]);
        await octane.send("DELETE", pairingPath(pair_id));
        return refused(await answer, 403, "pair_revoked");
      },
    ],
  ]),
  ...checksOf("Pairing", [
    [
      "revoke.first-true",
      "The first DELETE says revoked: true, of this pairing.",
      async (octane) => {
        const { answer, pair_id } = await revoked(octane);
        return all(
          answered(answer, 200),
          same("revoked", true, answer.body.revoked),
          same("pair_id", pair_id, answer.body.pair_id),
        );
      },
    ],
    [
      "revoke.again-false",
      "Later ones say revoked: false, as often as they come.",
      async (octane) => {
        const answers = await again(octane);
        return all(
          ...answers.map((each) => all(answered(each, 200), same("revoked", false, each.body.revoked))),
        );
      },
    ],
    [
      "revoke.row-unchanged",
      "revoked_at_ms and pair_id stay what the first DELETE left.",
      async (octane) => {
        const row = ({ body }: Answer): unknown => [body.pair_id, body.revoked_at_ms];
        const { answer } = await revoked(octane);
        return all(
          ...(await again(octane)).map((each) => same("pair_id, revoked_at_ms", row(answer), row(each))),
        );
      },
    ],
    [
      "revoke.sign-403",
      "A revoked pairing does not sign: 403 pair_revoked.",
      async (octane) => {
        await revoked(octane);
        return refused(await postSign(octane, await mainParts(octane)), 403, "pair_revoked");
      },
    ],
    [
      "revoke.wallets-403",
      "The wallets of a revoked pairing are 403 pair_revoked.",
      async (octane) => {
        const { pair_id } = await revoked(octane);
        return refused(await octane.send("GET", pairingPath(pair_id, "/wallets")), 403, "pair_revoked");
      },
    ],
    [
      "revoke.event-at-once",
      "The event stream of a revoked pairing gives its frame at once, to whoever asks.",
      async (octane) => {
        const { pair_id } = await revoked(octane);
        const path = pairingPath(pair_id, "/events");
        return all(
          await replayed(octane, path, "pair_revoked"),
          await replayed(octane, path, "pair_revoked"),
        );
      },
    ],
    [
      "revoke.by-owner",
      "A pairing that its owner revokes says so to whoever watches, and its wallets are 403.",
      async (octane) => {
        const { pair_id } = await pairing(octane, "uncoded");
        const watch = await octane.watch(pairingPath(pair_id, "/events"));
        await asked(octane.settings.approver.revoke(pair_id));
        const event = await watch.first(octane.settings.waitMs);
        watch.close();
        if (event === undefined) throw new Untried("nobody revoked the pairing in time");
        const listed = await octane.send("GET", pairingPath(pair_id, "/wallets"));
        return all(same("kind", "pair_revoked", event.data.kind), refused(listed, 403, "pair_revoked"));
      },
    ],
  ]),
  ...checksOf("Frames", [
    [
      "revoke.live-event",
      "A revocation is told to a stream that is open.",
      async (octane) => {
        const { watch } = await revoked(octane);
        return same("kind", "pair_revoked", (await watch.first(lateMs))?.data.kind);
      },
    ],
    [
      "revoke.event-stream",
      "/events is a stream of server-sent events whose event: repeats the kind.",
      async (octane) => {
        const { watch } = await revoked(octane);
        const event = await watch.first(lateMs);
        return all(isStream(watch), same("event:", "pair_revoked", event?.event));
      },
    ],
    [
      "revoke.event-fields",
      "pair_revoked has pair_id, and the revoked_at_ms of the DELETE, a number.",
      async (octane) => {
        const { watch, answer, pair_id } = await revoked(octane);
        const { data = {} } = (await watch.first(lateMs)) ?? {};
        return all(
          same("pair_id", pair_id, data.pair_id),
          isCount("revoked_at_ms", data.revoked_at_ms),
          same("revoked_at_ms", answer.body.revoked_at_ms ?? data.revoked_at_ms, data.revoked_at_ms),
        );
      },
    ],
  ]),
  ...checksOf("Refusals", [
    [
      "order.sign.bad_sp_signature-revoked",
      "bad_sp_signature is decided before pair_revoked.",
      async (octane) => {
        await revoked(octane);
        const forged = { sp_signature: encode(random(64)) };
        return refused(await postSign(octane, await mainParts(octane), forged), 403, "bad_sp_signature");
      },
    ],
    [
      "order.sign.pair_revoked",
      "pair_revoked is decided before scope_denied.",
      async (octane) => {
        await revoked(octane);
        return refused(
          await postSign(octane, await mainParts(octane), { chain: "bnb" }),
          403,
          "pair_revoked",
        );
      },
    ],
    [
      "order.validate.pair_revoked",
      "pair_revoked is decided before wrong_validation_code.",
      async (octane) => {
        const { pair_id } = await revoked(octane);
        const { code } = await pairing(octane, "main");
        return refused(await postCode(octane, pair_id, wrongCode(code)), 403, "pair_revoked");
      },
    ],
  ]),
];

/** The main pairing once it is revoked, and the stream that was open then. */
function revoked(octane: Probe): Promise<{ pair_id: string; answer: Answer; watch: Watch }> {
  return octane.once("revoked", async () => {
    const { pair_id } = await pairing(octane, "main");
    // Read before it is gone: what could be signed by it is asked for afterwards.
    await walletsOf(octane, pair_id);
    const watch = await octane.watch(pairingPath(pair_id, "/events"));
    return { pair_id, watch, answer: await octane.send("DELETE", pairingPath(pair_id)) };
  });
}

function again(octane: Probe): Promise<readonly Answer[]> {
  return octane.once("revoked again", async () => {
    const { pair_id } = await revoked(octane);
    const path = pairingPath(pair_id);
    return [await octane.send("DELETE", path), await octane.send("DELETE", path)];
  });
}
