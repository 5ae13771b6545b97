import { Turns } from "../session/Turns.js";
import { memoryStore } from "./memoryStore.js";
import type { ProxyStore } from "./ProxyStore.js";
import type { Claim, SessionRecord } from "./SessionRecord.js";

/** The longest life of a session, and as long again for its result. */
const ttl = 1200;

/** The sessions in a store. */
export type Sessions = {
  /** Only what this user minted: to anybody else it does not exist. */
  readonly find: (sessionId: string, userId: string) => Promise<SessionRecord | undefined>;
  readonly save: (record: SessionRecord) => Promise<void>;
  /** Who of this process is at which session. */
  readonly turns: Turns;
  /** Which process is at which session, where other processes may use the store too. */
  readonly claims: Claims | undefined;
};

export type Claims = {
  readonly find: (sessionId: string) => Promise<Claim | undefined>;
  readonly save: (sessionId: string, claim: Claim | undefined) => Promise<void>;
};

/** @param shared the store of the SP's own choice; without one sessions stay in this process. */
export function sessionsIn(shared: ProxyStore | undefined): Sessions {
  const store = shared ?? memoryStore();
  const keyOf = shared === undefined ? plainKey : hashedKey;
  return {
    turns: new Turns(),
    claims: shared === undefined ? undefined : claimsIn(shared),
    find: async (sessionId, userId) => {
      const record = (await store.getItem(await keyOf("session", sessionId))) as
        | SessionRecord
        | null
        | undefined;
      return record != null && record.sessionId === sessionId && record.userId === userId
        ? record
        : undefined;
    },
    save: async (record) => store.setItem(await keyOf("session", record.sessionId), record, { ttl }),
  };
}

/** Under keys of their own, so that no claim is written over an outcome. */
const claimsIn = (store: ProxyStore): Claims => ({
  find: async (sessionId) => {
    const claim = (await store.getItem(await hashedKey("claim", sessionId))) as
      | Partial<Claim>
      | null
      | undefined;
    return claim?.by === undefined ? undefined : (claim as Claim);
  },
  // Stores need not be able to remove.
  save: async (sessionId, claim = {} as never) =>
    store.setItem(await hashedKey("claim", sessionId), claim, { ttl }),
});

/** For a Map, which tells all texts apart. */
const plainKey = async (_: "session", sessionId: string): Promise<string> => sessionId;

/** A hash, since stores read `:`, `/` and the case of letters each in their own way. */
async function hashedKey(kind: "session" | "claim", sessionId: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(sessionId));
  const hex = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `sigil:${kind}:${hex}`;
}
