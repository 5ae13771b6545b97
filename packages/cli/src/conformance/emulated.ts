import type { Approver, PairPrompt, SignPrompt } from "./Approver.js";
import { createControl, type EmulatedOptions } from "./createControl.js";
import { asObject, asObjects } from "./Json.js";
import type { ConformanceOptions } from "./options.js";
import { pause } from "./pause.js";

/** What an emulator itself can give to a run, so that no person is needed and every line is tried. */
export type Emulated = Required<
  Pick<ConformanceOptions, "approver" | "octanePublicKey" | "secondApiKey" | "userTimeoutMs">
>;

/** How long a request may take to the emulator's appliance, in milliseconds. */
const arrivalMs = 10_000;

/**
 * Has the first appliance of an emulator do what the checks ask for. Afterwards its rules, policy and service providers are as
 * they were; its clock has been moved on.
 *
 * @throws Error where no emulator answers, or the token is not its own.
 * @example
 * ```ts
 * const report = await runConformance({ octaneUrl, apiKey, seed, ...(await emulated({ octaneUrl, controlToken })) });
 * ```
 */
export async function emulated(options: EmulatedOptions): Promise<Emulated> {
  const { ask, appliance } = createControl(options);
  const { rules } = await ask("GET", "/rules");
  const policy = await ask("GET", "/policy");
  const other = await ask("POST", "/service-providers", { name: "Conformance" });

  /** The emulator has one list of rules, of which the first that matches wins. */
  const decide = async (rule?: object): Promise<void> => {
    await ask("DELETE", "/rules");
    for (const each of [...(rule === undefined ? [] : [rule]), ...asObjects(rules)])
      await ask("POST", "/rules", each);
  };
  const hasArrived = async (payload: string): Promise<boolean> => {
    const { requests } = await ask("GET", appliance());
    return asObjects(requests).some((request) => request.payload === payload);
  };

  const approver: Approver = {
    pair: async ({ link, decision }) => {
      await decide(pairRule(decision));
      await ask("POST", appliance("/scan"), { link });
    },
    sign: ({ decision }) => decide(signRule(decision)),
    arrived: async ({ payload }) => {
      for (const until = Date.now() + arrivalMs; Date.now() < until; await pause(20)) {
        if (await hasArrived(payload)) return;
      }
      throw new Error("the request did not arrive at the emulator's appliance");
    },
    revoke: async (pairId) => void (await ask("DELETE", appliance(`/pairs/${encodeURIComponent(pairId)}`))),
    setOnline: async (online) => void (await ask("POST", appliance(online ? "/online" : "/offline"))),
    elapse: async (ms) => void (await ask("POST", "/clock/advance", { ms })),
    setPolicy: async (change = policy) => void (await ask("PATCH", "/policy", change)),
    done: async () => {
      await decide();
      await ask("DELETE", `/service-providers/${encodeURIComponent(String(other.id))}`);
    },
  };
  return {
    approver,
    octanePublicKey: String(other.octanePublicKey),
    secondApiKey: String(other.apiKey),
    userTimeoutMs: Number(asObject(policy).userTimeoutMs),
  };
}

function pairRule(decision: PairPrompt["decision"]): object {
  return { when: { kind: "pair" }, then: decision === "approve" ? decision : { reject: "not today" } };
}

function signRule(decision: SignPrompt["decision"]): object {
  const then = { approve: "approve", reject: { reject: "not today" }, leave: "ignore" } as const;
  return { when: { kind: "sign" }, then: then[decision] };
}
