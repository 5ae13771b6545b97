import type { ProxyStore } from "./ProxyStore.js";

/** Forgets with the process, and each value after its time. */
export function memoryStore(): ProxyStore {
  const kept = new Map<string, { readonly value: object; readonly until: number }>();
  return {
    getItem: async (key) => {
      const found = kept.get(key);
      // A copy, as every store that leaves the process gives.
      return found === undefined || found.until <= Date.now() ? null : structuredClone(found.value);
    },
    setItem: async (key, value, { ttl }) => {
      const now = Date.now();
      kept.delete(key);
      kept.set(key, { value: structuredClone(value), until: now + ttl * 1000 });
      // All are kept equally long, so whoever was written first goes first.
      for (const [each, { until }] of kept) {
        if (until > now) break;
        kept.delete(each);
      }
    },
  };
}
