/** Who waits for what: callbacks by id. */
export type Watchers = {
  /** Calls `wake` on each {@link Watchers.notify} for the id until the returned function is called. */
  watch(id: string, wake: () => void): () => void;
  notify(id: string): void;
  /** The ids somebody waits for. */
  ids(): Iterable<string>;
};

/** Makes an empty set of watchers. */
export function createWatchers(): Watchers {
  const byId = new Map<string, Set<() => void>>();
  return {
    watch: (id, wake) => {
      const waiting = byId.get(id) ?? new Set();
      byId.set(id, waiting.add(wake));
      return () => {
        waiting.delete(wake);
        if (waiting.size === 0 && byId.get(id) === waiting) byId.delete(id);
      };
    },
    notify: (id) => {
      for (const wake of [...(byId.get(id) ?? [])]) wake();
    },
    ids: () => [...byId.keys()],
  };
}
