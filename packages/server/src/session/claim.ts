import type { Claim } from "../store/SessionRecord.js";
import type { Claims, Sessions } from "../store/sessions.js";

/** Whoever reads "free" and has written within this may count on its name after `settleMs`, which is longer. */
const quickMs = 200;
const settleMs = 250;
/** A server that is alive says so this often. */
const beatMs = 500;
/** Whoever took longer than `quickMs` counts on its name after this: longer than `slowMs`, and than a beat takes to arrive. */
const lateMs = 3_000;
/** With a store that takes longer to be read and written once, nobody can tell who was first. */
const slowMs = 1_000;
/** A server that has died with a claim holds the others up for so long: longer than it takes a late one to say so. */
const leaseMs = 10_000;

/**
 * Resolves once no other server is at this session, and with what gives it free again. Where `isOver`, it resolves
 * without a claim.
 *
 * Stores have no atomic operation, so this is Fischer's algorithm: write your name, wait until everybody else who read
 * "free" must have written theirs, and read again: the last name wins. Clocks are not compared: whose name is there, and
 * has not changed for a while by the reader's own clock, is gone.
 *
 * Why no two hold it: say that A and B both wrote their names, waited, and found them, A having written first. B read "free"
 * before A had written, or it would have let A's name be, which beats keep fresh.
 * - If B wrote before A looked, A found B's name.
 * - If B wrote after that, it took longer than A waited, so longer than `quickMs`, and less than `slowMs`, so A waited for
 *   no more than `quickMs` either. B then looks after `lateMs`, when A's next beat has been written over its name.
 *
 * @throws Error where the store is too slow for that. The name stays until its lease is over: to take it away could take
 * away another one's.
 */
export async function claim(
  sessions: Sessions,
  sessionId: string,
  isOver: () => Promise<boolean>,
): Promise<() => Promise<void>> {
  const { claims } = sessions;
  // In a store of this process's own nobody else writes.
  if (claims === undefined) return async () => {};
  const by = crypto.randomUUID();
  let [seen, since, wait]: [string | undefined, number, number] = [undefined, 0, 0];
  while (!(await isOver())) {
    const asked = performance.now();
    const found = await claims.find(sessionId);
    if (found?.by === by && asked - since >= wait) return hold(claims, sessionId, by);
    const now = found === undefined ? undefined : `${found.by} ${found.beat}`;
    if (now !== seen) [seen, since] = [now, asked];
    if (found === undefined || asked - since >= leaseMs) {
      await claims.save(sessionId, { by, beat: 0 });
      [seen, since] = [`${by} 0`, performance.now()];
      wait = waitAfter(since - asked);
    }
    await pause(settleMs);
  }
  return async () => {};
}

/** How long to wait before the name counts, by how long it took from the reading of "free" until it was written. */
function waitAfter(tookMs: number): number {
  if (tookMs < quickMs) return quickMs;
  if (tookMs < slowMs) return lateMs;
  throw new Error(
    `store: reading and writing took ${Math.round(tookMs)} ms. Servers that share it need it within ${slowMs} ms, to agree on who completes a session. Use one that is nearer, or none on a single server.`,
  );
}

/** Keeps the claim fresh until it is released. A write that fails is made up for by the next, or by the lease's end. */
function hold(claims: Claims, sessionId: string, by: string): () => Promise<void> {
  let beat = 0;
  let last = Promise.resolve();
  const write = (claim: Claim | undefined): Promise<void> => {
    last = last.then(() => claims.save(sessionId, claim)).catch(() => {});
    return last;
  };
  const beats = setInterval(() => {
    beat += 1;
    void write({ by, beat });
  }, beatMs);
  return () => {
    clearInterval(beats);
    return write(undefined);
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
