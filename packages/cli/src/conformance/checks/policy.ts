import { type Answer, allRefused, refused } from "../Answer.js";
import type { PolicyChange } from "../Approver.js";
import { type Check, checksOf } from "../Check.js";
import type { Probe } from "../Probe.js";
import { activePairing, asked } from "../pairings.js";
import { postSession } from "../requests.js";
import { postSign } from "../signing.js";
import { Untried } from "../Verdict.js";
import { mainParts } from "./pending.js";

const noEvm: PolicyChange = { supportedChains: ["solana"] };

/** What octane does not allow. */
export const policy: readonly Check[] = checksOf("Refusals", [
  [
    "policy.session-403",
    "A session for what policy forbids is 403 policy_denied, before its return_url is looked at.",
    async (octane) => {
      const other = { return_url: "https://conformance.invalid/" };
      const ask = () => Promise.all([postSession(octane), postSession(octane, other)]);
      return allRefused(await under(octane, noEvm, ask), 403, "policy_denied");
    },
  ],
  [
    "policy.sign-403",
    "A signature that policy forbids is 403 policy_denied.",
    async (octane) => {
      await activePairing(octane, "main");
      const parts = await mainParts(octane);
      return refused(await under(octane, noEvm, () => postSign(octane, parts)), 403, "policy_denied");
    },
  ],
  [
    "rate.limited-429",
    "More requests than are allowed are 429 rate_limited.",
    async (octane) => {
      const ask = () => postSession(octane, {}, { tries: 1 });
      return refused(await overLimit(octane, ask), 429, "rate_limited");
    },
  ],
  [
    "rate.before-route",
    "429 comes before 404 and 405: the limit counts whatever is asked.",
    async (octane) => {
      const ask = () => octane.send("GET", "/sp/no-such-route", { tries: 1 });
      return refused(await overLimit(octane, ask), 429, "rate_limited");
    },
  ],
]);

/** The answer to one request more than is allowed. */
function overLimit(octane: Probe, ask: () => Promise<Answer>): Promise<Answer> {
  return under(octane, { rateLimit: { requests: 1, perMs: 60_000 } }, async () => {
    await postSession(octane, {}, { tries: 1 });
    return ask();
  });
}

/** Does something while octane's policy is another. @throws Untried where that cannot be had. */
async function under<T>(octane: Probe, change: PolicyChange, work: () => Promise<T>): Promise<T> {
  const { setPolicy } = octane.settings.approver;
  if (setPolicy === undefined) throw new Untried("octane's policy cannot be changed from here");
  await asked(setPolicy(change));
  try {
    return await work();
  } finally {
    await asked(setPolicy());
  }
}
