import type { CreatedSession } from "../PairFlowOptions.js";

/** How long after its end a session is still worth asking for. */
const graceMs = 60_000;

/** A session whose link was tapped, by this device's clock. */
export type Pending = CreatedSession & {
  readonly tapped_at: number;
  /** Since when a page knows how it ended. */
  readonly ended_at?: number;
};

const keyFor = (octaneUrl: string): string => `sigil-jazz:${octaneUrl}`;

/**
 * Remembers the session whose link was tapped: the phone app sends its user back to a page that is loaded anew, and a phone
 * short of memory drops the old one meanwhile. All pages of the origin share it, and nothing else can put a session there,
 * unlike the page's own address.
 */
export function keepPending(octaneUrl: string, session: CreatedSession, now: number): void {
  write(keyFor(octaneUrl), { ...session, tapped_at: now });
}

/**
 * Keeps the session for a while, without its code: the old page may hear of the end before the one that the phone is sent
 * back to is there. This tab has heard of it, and is not to hear it again when it is loaded anew.
 */
export function endPending(octaneUrl: string, { session_id }: CreatedSession, now: number): void {
  const key = keyFor(octaneUrl);
  const kept = read(key);
  if (kept?.session_id !== session_id) return;
  write(key, { ended_at: now, ...kept, validation_code: undefined });
  attempt(() => sessionStorage.setItem(key, session_id));
}

/** The session whose link was tapped on this device, if its result may be there still, and this tab has not had it. */
export function findPending(octaneUrl: string, now: number): Pending | undefined {
  const key = keyFor(octaneUrl);
  const kept = read(key);
  if (kept === undefined) return undefined;
  const endsAt = kept.ended_at ?? Date.parse(kept.expires_at);
  if (!(endsAt + graceMs > now)) return forgetPending(octaneUrl);
  return attempt(() => sessionStorage.getItem(key)) === kept.session_id ? undefined : kept;
}

export function forgetPending(octaneUrl: string): undefined {
  attempt(() => localStorage.removeItem(keyFor(octaneUrl)));
}

const read = (key: string): Pending | undefined =>
  attempt(() => JSON.parse(localStorage.getItem(key) ?? "null") as Pending | null) ?? undefined;

const write = (key: string, session: Pending): void =>
  attempt(() => localStorage.setItem(key, JSON.stringify(session)));

/** Browsers may forbid storage, and then even naming it throws. */
function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
