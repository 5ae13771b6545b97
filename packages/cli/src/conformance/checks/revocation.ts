import { type Answer, answered } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import type { Probe } from "../Probe.js";
import { pairing } from "../pairings.js";
import { pairingPath } from "../requests.js";
import { walletsOf } from "../signing.js";
import { all, same } from "../Verdict.js";
import type { Watch } from "../Watch.js";

/** Revoking, and revoking again. */
export const revocation: readonly Check[] = [
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
  ]),
];

/** The main pairing once it is revoked, and the stream that was open then. */
export function revoked(octane: Probe): Promise<{ pair_id: string; answer: Answer; watch: Watch }> {
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
