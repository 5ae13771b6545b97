import { type Figures, type Results, rounded } from "./results.js";
import { floorName, rows } from "./rows/rows.js";
import { median } from "./statistics.js";

/** A bound, what was measured, and whether it holds. */
export type Goal = {
  readonly id: string;
  readonly what: string;
  readonly bound: string;
  readonly measured: string;
  /** `undefined` where what it takes was not measured. */
  readonly met: boolean | undefined;
};

/** The rows under a load. */
export function figuresAt(
  results: Results,
  concurrency: number,
  delayMs = 0,
): Readonly<Record<string, Figures>> {
  const found = results.parts.find(
    ({ load }) => load.concurrency === concurrency && load.delayMs === delayMs,
  );
  return found?.rows ?? {};
}

const atMost = (id: string, what: string, value: number | undefined, bound: number, unit = ""): Goal => ({
  id,
  what,
  bound: `≤ ${bound}${unit}`,
  measured: value === undefined ? "not measured" : `${rounded(value)}${unit}`,
  met: value === undefined ? undefined : value <= bound,
});

const atLeast = (id: string, what: string, value: number | undefined, bound: number): Goal => ({
  ...atMost(id, what, value, bound),
  bound: `≥ ${bound}`,
  met: value === undefined ? undefined : value >= bound,
});

/** Goals P1 to P5 and P9, from the figures of a run. */
export function signingGoals(results: Results): readonly Goal[] {
  const one = figuresAt(results, 1);
  const many = figuresAt(results, 64);
  return [
    ...[1, 64].map((concurrency) =>
      atMost(
        "P1",
        `\`client.sign\` without a check, time for each signature to ${floorName}'s, ${concurrency} at once`,
        inverse(figuresAt(results, concurrency)["client.sign, secp256k1"]?.rateRatio.median),
        1.15,
      ),
    ),
    atMost(
      "P2",
      "the check on Solana, in `@sigil/solana`",
      one["the check in @sigil/solana"]?.p50,
      0.2,
      " ms",
    ),
    atMost(
      "P2",
      "the check on EVM, in `@sigil/viem`, key known",
      one["the check in @sigil/viem"]?.p50,
      0.8,
      " ms",
    ),
    atMost(
      "P2",
      "the check on EVM, in `@sigil/viem`, to one `recoverAddress` of viem's",
      quotient(one["the check in @sigil/viem"]?.p50, one["viem's recoverAddress"]?.p50),
      1,
    ),
    ...cpuGoals(one),
    atLeast(
      "P4",
      "`client.sign`, signatures a second to the floor's, 64 at once",
      many["client.sign, secp256k1"]?.rateRatio.median,
      0.9,
    ),
    atMost(
      "P4",
      "`client.sign`, event loop late, 99th percentile, 64 at once",
      many["client.sign, secp256k1"]?.loopP99,
      10,
      " ms",
    ),
    ...allocationGoals(results),
    ...requestGoals(one),
  ];
}

const quotient = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a / b;

const inverse = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : 1 / value;

/** Ours, checked, to the cheapest peer's, unchecked. */
function cpuGoals(one: Readonly<Record<string, Figures>>): readonly Goal[] {
  const best = (chain: string): number | undefined => {
    const costs = rows.flatMap(({ name, group, chain: of }) =>
      group === "peer" && of === chain && one[name] !== undefined ? [one[name].cpuRatio.median] : [],
    );
    return costs.length === 0 ? undefined : Math.min(...costs);
  };
  const goal = (name: string, chain: string, bound: number): Goal => {
    const ratio = quotient(one[name]?.cpuRatio.median, best(chain));
    return atMost("P3", `\`${name}\`, checked: processor time to the best peer's`, ratio, bound);
  };
  return [
    goal("@sigil/viem", "evm", 1.6),
    goal("@sigil/viem, Node's HTTP", "evm", 1.6),
    goal("@sigil/viem, accelerator + Node's HTTP", "evm", 0.8),
    goal("@sigil/solana, kit", "solana", 0.9),
    goal("@sigil/solana, kit, Node's HTTP", "solana", 0.9),
  ];
}

function allocationGoals({ allocated }: Results): readonly Goal[] {
  return (["evm", "solana"] as const).map((chain) => {
    const bytes = rows.flatMap(({ name, group, chain: of }) =>
      group === "peer" && of === chain && allocated[name] !== undefined ? [allocated[name]] : [],
    );
    const name = chain === "evm" ? "@sigil/viem" : "@sigil/solana, kit";
    const ratio = quotient(allocated[name], bytes.length === 0 ? undefined : median(bytes));
    return atMost("P5", `\`${name}\`: bytes allocated to the peers' median`, ratio, 1);
  });
}

/** What base64url makes of the payload, and 600 bytes for everything else. */
const requestBound = (payloadLength: number): number => Math.floor((payloadLength * 4) / 3 + 600);
const digestLength = 32;

function requestGoals(one: Readonly<Record<string, Figures>>): readonly Goal[] {
  const figures = one["@sigil/viem"];
  return [
    atMost("P9", "`@sigil/viem`: connections, one at a time", figures?.sockets, 1),
    atMost("P9", "`@sigil/viem`: requests for each signature", figures?.requestsEach, 1),
    atMost(
      "P9",
      "`@sigil/viem`: bytes of a request, headers included",
      figures?.bytesEach,
      requestBound(digestLength),
    ),
  ];
}
