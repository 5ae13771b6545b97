import type { Emulator } from "../emulator.js";
import type { FaultRule } from "../faults/FaultRule.js";
import type { AddedFault } from "../faults/faults.js";

/** A fault that was added here. */
type ListedFault = { readonly id: string; readonly rule: FaultRule; readonly hits: number };

/** The faults that were added over the control API, by id. */
export type FaultList = {
  add(rule: FaultRule): ListedFault;
  list(): readonly ListedFault[];
  /** Whether there was one. */
  remove(id: string): boolean;
  clear(): void;
};

/** Keeps a list of what is added. */
export function createFaultList({ faults, events }: Emulator): FaultList {
  const kept = new Map<string, { readonly rule: FaultRule; readonly added: AddedFault }>();
  let last = 0;
  const show = (id: string): readonly ListedFault[] => {
    const one = kept.get(id);
    return one === undefined ? [] : [{ id, rule: one.rule, hits: one.added.hits() }];
  };
  events.subscribe(({ kind }) => {
    if (kind === "reset") kept.clear();
  });
  return {
    add: (rule) => {
      const added = faults.add(rule);
      last += 1;
      const id = String(last);
      kept.set(id, { rule, added });
      return { id, rule, hits: 0 };
    },
    list: () => [...kept.keys()].flatMap(show),
    remove: (id) => {
      kept.get(id)?.added.remove();
      return kept.delete(id);
    },
    clear: () => {
      kept.clear();
      faults.clear();
    },
  };
}
