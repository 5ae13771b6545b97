import type { OctaneState } from "./call.js";
import { Refusal } from "./refusal.js";
import type { Caller } from "./stores/sps.js";

/**
 * Counts a request, whatever it asks: the provider's own limit, or else octane's.
 *
 * @throws Refusal `rate_limited` with `Retry-After`.
 */
export function requireRate({ policy, rates }: OctaneState, { sp, apiKeyId }: Caller): void {
  const limit = sp.rate_limit ?? policy.get().rateLimit;
  if (limit === null) return;
  const waitMs = rates.count(apiKeyId, limit);
  if (waitMs === undefined) return;
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const message = `Over ${limit.requests} requests in ${limit.perMs} ms: try again in ${seconds} s.`;
  throw new Refusal("rate_limited", message, { "retry-after": String(seconds) });
}
