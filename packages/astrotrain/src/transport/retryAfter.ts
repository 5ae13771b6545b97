const longestMs = 60_000;

/**
 * `Retry-After` (RFC 9110 section 10.2.3), seconds or a date, as milliseconds from 0 to 60,000; `undefined` for what is
 * neither, such as the same header twice.
 */
export function parseRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : parseDate(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestMs);
}

/** The three forms of HTTP dates begin with a day's name: Date.parse alone makes a date of nearly any text. */
const parseDate = (text: string): number =>
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [\w :-]+$/.test(text) ? Date.parse(text) : Number.NaN;
