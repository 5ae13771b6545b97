export const shortestPauseMs = 250;
export const longestPauseMs = 5_000;

/**
 * The pause before the try after `round` failed ones: at random between a quarter of a second and twice what the last
 * one could be, five seconds at most. Random, so that many clients don't come back at the same moment.
 */
export function backoffMs(round: number, random: () => number = Math.random): number {
  const longest = Math.min(longestPauseMs, shortestPauseMs * 2 ** Math.min(round + 1, 10));
  return shortestPauseMs + random() * (longest - shortestPauseMs);
}
