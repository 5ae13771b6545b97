import type { Chain } from "../link/chains.js";
import type { Call } from "./call.js";
import { Refusal } from "./refusal.js";

/**
 * Refuses where policy allows none of the chains.
 *
 * @throws Refusal `policy_denied`.
 */
export function requireSupported({ octane, sp }: Call, chains: readonly Chain[]): void {
  const { supportedChains } = octane.policy.get();
  const own = sp.supported_chains ?? supportedChains;
  if (chains.some((chain) => supportedChains.includes(chain) && own.includes(chain))) return;
  const whose = chains.some((chain) => supportedChains.includes(chain))
    ? "this service provider's"
    : "octane's";
  throw new Refusal(
    "policy_denied",
    `${chains.join(", ")}: not among ${whose} supported chains: use another chain, or change the policy.`,
  );
}
