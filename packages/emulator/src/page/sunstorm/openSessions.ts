import type { Emulator } from "../../emulator.js";

/** A pairing session that nobody has scanned, and the name of who made it. */
export type OpenSession = { readonly session_id: string; readonly sp: string };

/** Those of the last thousand events, newest first. */
export function openSessions({ events, sps }: Emulator): readonly OpenSession[] {
  const open = new Map<string, OpenSession>();
  const names = new Map(sps.list().map(({ id, name }) => [id, name]));
  for (const { kind, session_id = "", sp_id = "" } of events.since(0)) {
    if (kind === "session_created") open.set(session_id, { session_id, sp: names.get(sp_id) ?? "" });
    else if (kind === "session_scanned" || kind === "session_finished") open.delete(session_id);
    else if (kind === "reset") open.clear();
  }
  return [...open.values()].reverse();
}
