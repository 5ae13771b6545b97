import { measureParts } from "./measure/measureParts.js";
import { full } from "./options.js";
import { rounded } from "./results.js";
import { floorName, rowOf } from "./rows/rows.js";
import { say } from "./say.js";
import { meanSpeed, measureSse } from "./sse.js";
import { median } from "./statistics.js";

/** A machine that is shared measures worse than its best: a gate fails for what is worse than that, too. */
const slack = 1.3;

const client = "client.sign, secp256k1";

/**
 * Goals P1, P4 and P6 with slack, in about half a minute: for a change that makes signing slower without anybody having meant it.
 * The floor may move as it likes, since what counts is the ratio to the turns beside.
 */
export async function gates(): Promise<void> {
  const rows = [rowOf(client)];
  const parts = await measureParts({
    parts: [1, 64].map((concurrency) => ({ load: { concurrency, delayMs: 0 }, rows })),
    rounds: 15,
    ms: 200,
    warmUp: 3_000,
    tolerance: Number.POSITIVE_INFINITY,
    say,
  });
  const rates = parts.map(({ load, kept }) => ({
    at: load.concurrency,
    rate: median(
      kept.flatMap((turns) => {
        const turn = turns.get(client);
        return turn === undefined ? [] : [turn.own.perSecond / turn.floor.perSecond];
      }),
    ),
  }));
  say("event streams");
  const sse = meanSpeed(await measureSse({ rounds: 3, seed: full.seed }), "toStream");
  const checks = [
    ...rates.map(({ at, rate }) =>
      check(`P1: time of client.sign to ${floorName}'s, ${at} at once`, 1 / rate, 1.15),
    ),
    ...rates
      .filter(({ at }) => at === 64)
      .map(({ rate }) =>
        check("P4: floor's signatures a second to client.sign's, 64 at once", 1 / rate, 1 / 0.9),
      ),
    check("P6: speed of eventsource-parser's stream to ours", 1 / sse, 1 / 0.8),
  ];
  if (checks.includes(false)) process.exitCode = 1;
}

/** Whether a ratio, of which less is better, is within its goal and slack. */
function check(what: string, value: number, goal: number): boolean {
  const bound = rounded(goal * slack);
  const isWithin = value <= bound;
  process.stdout.write(`${isWithin ? "within" : "OVER  "}  ${what}: ${rounded(value)}, at most ${bound}\n`);
  return isWithin;
}
