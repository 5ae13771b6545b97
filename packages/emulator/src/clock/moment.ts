/** The last moment asked for: many things happen in one millisecond, and its text takes longer than most of them. */
let last = { ms: Number.NaN, text: "" };

/** A moment in milliseconds as RFC 3339 in UTC. */
export function rfc3339(ms: number): string {
  if (ms !== last.ms) last = { ms, text: new Date(ms).toISOString() };
  return last.text;
}
