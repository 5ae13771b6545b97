/** A time in milliseconds since 1970 as RFC 3339, UTC. A number that no date has is told as it is. */
export function when(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? `${ms} ms` : date.toISOString();
}
