import { createEmulator, type Emulator, type EmulatorOptions, type PolicySettings } from "@sigil/emulator";
import type { Approver, SignPrompt } from "../../src/conformance/index.js";

/** An emulator and the owner of its appliance, who does what the checks ask for. */
export type Owned = {
  readonly emulator: Emulator;
  readonly approver: Approver;
  /** The codes the owner was given. */
  readonly codes: ReadonlySet<string>;
};

type Decision = SignPrompt["decision"];

/** Makes both. */
export function createOwned(options: EmulatorOptions = {}): Owned {
  const decisions = new Map<string, Decision>();
  const arrivals = new Map<string, () => void>();
  const codes = new Set<string>();
  const emulator = createEmulator({
    allowedReturnOrigins: ["https://conformance.test"],
    approval: (request) => {
      if (request.kind === "pair") return "wait";
      arrivals.get(request.payload)?.();
      const decision = decisions.get(request.payload) ?? "approve";
      return decision === "leave" ? "wait" : decision;
    },
    ...options,
  });
  const { appliance, clock, policy } = emulator;
  const everyChain = policy.get().supportedChains;
  const approver: Approver = {
    pair: async ({ link, code, decision }) => {
      if (code !== undefined) codes.add(code);
      const card = await appliance.open(link);
      if (decision === "approve") await card.approve();
      else await card.reject("not today");
    },
    sign: async ({ payload, decision }) => {
      decisions.set(payload, decision);
    },
    arrived: ({ payload }) => new Promise<void>((resolve) => arrivals.set(payload, resolve)),
    revoke: appliance.revoke,
    setOnline: async (online) => appliance.setOnline(online),
    elapse: async (ms) => clock.advance(ms),
    setPolicy: async (change = { supportedChains: everyChain }) =>
      policy.set({ rateLimit: null, ...change } as Partial<PolicySettings>),
  };
  return { emulator, approver, codes };
}
