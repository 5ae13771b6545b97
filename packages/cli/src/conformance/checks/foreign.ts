import { type Answer, allRefused, answered, refused } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import type { Probe } from "../Probe.js";
import { idleSession, pairingPath, postCode, resultPath, unknownId } from "../requests.js";
import { postSign, signingPairing, toSign } from "../signing.js";
import { all, same, Untried } from "../Verdict.js";

/** What one service provider sees of another's. */
export const foreign: readonly Check[] = checksOf("Refusals", [
  [
    "foreign.session",
    "Another provider's session is 404 not_found.",
    async (octane) => {
      const apiKey = otherKey(octane);
      const path = resultPath(await idleSession(octane));
      const watch = await octane.watch(path, { apiKey });
      // A stream in the place of a refusal would stay open.
      await watch.ends(1_000);
      watch.close();
      return refused(watch.answer(), 404, "not_found");
    },
  ],
  ...(["/wallets", "/events"] as const).map(
    (what) =>
      [
        `foreign.${what.slice(1)}`,
        `The ${what.slice(1)} of another provider's pairing are 404 not_found.`,
        async (octane: Probe) => {
          const apiKey = otherKey(octane);
          const watch = await octane.watch(pairingPath(await signingPairing(octane), what), { apiKey });
          await watch.ends(1_000);
          watch.close();
          return refused(watch.answer(), 404, "not_found");
        },
      ] as const,
  ),
  [
    "foreign.validate",
    "A code for another provider's pairing is 404 not_found.",
    async (octane) => {
      const apiKey = otherKey(octane);
      const pairId = await signingPairing(octane);
      return refused(await postCode(octane, pairId, "000000", { apiKey }), 404, "not_found");
    },
  ],
  [
    "foreign.sign",
    "A signature with another provider's pairing, or address, is 404 not_found.",
    async (octane) => {
      const apiKey = otherKey(octane);
      const parts = await toSign(octane, "secp256k1");
      const answers = [{}, { pair_id: undefined }].map((each) => postSign(octane, parts, each, { apiKey }));
      return allRefused(await Promise.all(answers), 404, "not_found");
    },
  ],
  [
    "foreign.revoke",
    "Another provider's pairing cannot be revoked: 404 not_found, and it lives on.",
    async (octane) => {
      const apiKey = otherKey(octane);
      const path = pairingPath(await signingPairing(octane));
      const answer = await octane.send("DELETE", path, { apiKey });
      return all(
        refused(answer, 404, "not_found"),
        answered(await octane.send("GET", `${path}/wallets`), 200),
      );
    },
  ],
  [
    "foreign.same-words",
    "Another provider's pairing and one there is not get the same answer.",
    async (octane) => {
      const apiKey = otherKey(octane);
      const ask = (pairId: string): Promise<Answer> =>
        octane.send("GET", pairingPath(pairId, "/wallets"), { apiKey });
      const pairId = await signingPairing(octane);
      const [unknown, others] = [await ask(unknownId), await ask(pairId)];
      const words = ({ status, body }: Answer): string =>
        JSON.stringify([status, body.error]).replaceAll(pairId, "ID").replaceAll(unknownId, "ID");
      return same("the answer", words(unknown), words(others));
    },
  ],
]);

function otherKey(octane: Probe): string {
  const { secondApiKey } = octane.settings;
  if (secondApiKey !== undefined) return secondApiKey;
  throw new Untried("no second API key: give one by --second-api-key");
}
