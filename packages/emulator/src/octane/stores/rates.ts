import type { RateLimit } from "../policy.js";

/** How often each API key has been used of late. */
export type Rates = {
  /** Counts one request. Says in how many ms the next one may come, where this one is over the limit. */
  count(apiKeyId: string, limit: RateLimit): number | undefined;
  clear(): void;
};

type Stretch = { readonly since: number; requests: number };

/** Makes an empty record. A stretch begins with the first request after the last one's end. */
export function createRates(now: () => number): Rates {
  const stretches = new Map<string, Stretch>();
  return {
    count: (apiKeyId, { requests, perMs }) => {
      const at = now();
      const known = stretches.get(apiKeyId);
      // A clock that was set back begins anew, too.
      const running = known !== undefined && at >= known.since && at < known.since + perMs;
      const stretch = running ? known : { since: at, requests: 0 };
      stretches.set(apiKeyId, stretch);
      if (stretch.requests >= requests) return stretch.since + perMs - at;
      stretch.requests += 1;
      return undefined;
    },
    clear: () => stretches.clear(),
  };
}
