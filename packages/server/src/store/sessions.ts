import { memoryStore } from "./memoryStore.js";
import type { ProxyStore } from "./ProxyStore.js";
import type { SessionRecord } from "./SessionRecord.js";

/** The longest life of a session, and as long again for its result. */
const ttl = 1200;

/** The sessions in a store. */
export type Sessions = {
  /** Whether other processes may use them too. */
  readonly shared: boolean;
  /** Only what this user minted: to anybody else it does not exist. */
  readonly find: (sessionId: string, userId: string) => Promise<SessionRecord | undefined>;
  readonly save: (record: SessionRecord) => Promise<void>;
};

/** @param shared the store of the SP's own choice; without one sessions stay in this process. */
export function sessionsIn(shared: ProxyStore | undefined): Sessions {
  const store = shared ?? memoryStore();
  return {
    shared: shared !== undefined,
    find: async (sessionId, userId) => {
      const record = (await store.getItem(await keyOf(sessionId))) as SessionRecord | null | undefined;
      return record != null && record.sessionId === sessionId && record.userId === userId
        ? record
        : undefined;
    },
    save: async (record) => store.setItem(await keyOf(record.sessionId), record, { ttl }),
  };
}

/** A hash, since stores read `:`, `/` and the case of letters each in their own way. */
async function keyOf(sessionId: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(sessionId));
  const hex = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `sigil:session:${hex}`;
}
