import { type Answer, describe } from "./Answer.js";
import type { Probe } from "./Probe.js";
import { Untried } from "./Verdict.js";
import type { Sending } from "./Wire.js";

/** One thing a session asks for. */
export type Scope = { readonly chain: string; readonly access: "sign" | "read" };

export const sessionsPath = "/sp/pair/sessions";
export const validatePath = "/sp/pair/validate";
export const signPath = "/sp/sign";

/** The path of a session's result. */
export const resultPath = (sessionId: string): string =>
  `${sessionsPath}/${encodeURIComponent(sessionId)}/result`;

/** The path of a pairing, or of something of it. */
export const pairingPath = (pairId: string, what: "" | "/wallets" | "/events" = ""): string =>
  `/sp/pairings/${encodeURIComponent(pairId)}${what}`;

/** An id nobody has. */
export const unknownId = "00000000-0000-4000-8000-000000000000";

/** A session's request, with fields changed or, where they are `undefined`, left out. */
export const sessionBody = (changes: object = {}): object => ({
  sp_user_ref: "conformance",
  requested_scopes: [{ chain: "ethereum", access: "read" }],
  expires_in_secs: 60,
  ...changes,
});

/** Asks for a session. */
export function postSession(octane: Probe, changes: object = {}, sending: Sending = {}): Promise<Answer> {
  return octane.send("POST", sessionsPath, { json: sessionBody(changes), ...sending });
}

/** Sends a validation code. */
export function postCode(
  octane: Probe,
  pair_id: string,
  code: string,
  sending: Sending = {},
): Promise<Answer> {
  return octane.send("POST", validatePath, { json: { pair_id, code }, ...sending });
}

/** A session that is there. @throws Untried where octane made none. */
export async function madeSession(
  octane: Probe,
  changes: object = {},
  sending: Sending = {},
): Promise<string> {
  const answer = await postSession(octane, changes, sending);
  const { session_id } = answer.body;
  if (answer.status < 300 && typeof session_id === "string") return session_id;
  throw new Untried(`no session could be made: ${describe(answer)}`);
}

/** A session nobody ever opens. */
export function idleSession(octane: Probe): Promise<string> {
  return octane.once("idle session", () => madeSession(octane));
}
