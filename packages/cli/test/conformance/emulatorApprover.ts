import { createEmulator, type Emulator, type EmulatorOptions } from "@sigil/emulator";
import type { Approver, SignPrompt } from "../../src/conformance/index.js";

/** An emulator and the owner of its appliance, who does what the checks ask for. */
export type Owned = {
  readonly emulator: Emulator;
  readonly approver: Approver;
  /** The codes the owner was given. */
  readonly codes: ReadonlySet<string>;
};

type Decision = SignPrompt["decision"];

/** Makes both. Time passes when the checks say so. */
export function createOwned(options: EmulatorOptions = {}): Owned {
  let ahead = 0;
  const decisions = new Map<string, Decision>();
  const arrivals = new Map<string, () => void>();
  const codes = new Set<string>();
  const emulator = createEmulator({
    allowedReturnOrigins: ["https://conformance.test"],
    now: () => Date.now() + ahead,
    approval: (request) => {
      if (request.kind === "pair") return "wait";
      arrivals.get(request.payload)?.();
      const decision = decisions.get(request.payload) ?? "approve";
      return decision === "leave" ? "wait" : decision;
    },
    ...options,
  });
  const approver: Approver = {
    pair: async ({ link, code, decision }) => {
      if (code !== undefined) codes.add(code);
      const card = await emulator.appliance.open(link);
      if (decision === "approve") await card.approve();
      else await card.reject("not today");
    },
    sign: async ({ payload, decision }) => {
      decisions.set(payload, decision);
      if (decision === "leave") await new Promise<void>((resolve) => arrivals.set(payload, resolve));
    },
    revoke: (pairId) => emulator.appliance.revoke(pairId),
    elapse: async (ms) => {
      ahead += ms;
    },
  };
  return { emulator, approver, codes };
}
