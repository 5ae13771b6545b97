const longestMs = 60_000;

/** `Retry-After` (RFC 9110 section 10.2.3), seconds or a date, as milliseconds from 0 to 60,000. */
export function parseRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestMs);
}
