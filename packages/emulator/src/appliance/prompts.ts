import type { ApprovalRequest } from "./approval.js";
import type { Deciding } from "./deciding.js";

type Kind = ApprovalRequest["kind"];

/** Decides, and how often that was asked for. */
export type Prompts = {
  readonly decide: Deciding;
  readonly prompts: (kind?: Kind) => number;
  readonly clear: () => void;
};

/** Decides as `decide` does, and counts. */
export function countPrompts(decide: Deciding): Prompts {
  const counts: Record<Kind, number> = { pair: 0, sign: 0 };
  return {
    decide: (request) => {
      counts[request.kind] += 1;
      return decide(request);
    },
    prompts: (kind) => (kind === undefined ? counts.pair + counts.sign : counts[kind]),
    clear: () => Object.assign(counts, { pair: 0, sign: 0 }),
  };
}
