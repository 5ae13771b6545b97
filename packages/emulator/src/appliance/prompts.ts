import type { ApprovalRequest, Decide } from "./approval.js";

type Kind = ApprovalRequest["kind"];

/** Decides as `decide` does, and counts how often that was asked for. */
export function countPrompts(decide: Decide): { decide: Decide; prompts: (kind?: Kind) => number } {
  const counts: Record<Kind, number> = { pair: 0, sign: 0 };
  return {
    decide: (request) => {
      counts[request.kind] += 1;
      return decide(request);
    },
    prompts: (kind) => (kind === undefined ? counts.pair + counts.sign : counts[kind]),
  };
}
