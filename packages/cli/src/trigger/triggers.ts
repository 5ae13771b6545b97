import { CliError } from "../errors/CliError.js";

/** What is typed behind the event. */
export type TriggerFlags = {
  readonly appliance: string;
  readonly link?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly pairId?: string;
};

/** Asks the control API. */
type Ask = (method: string, path: string, body?: object) => Promise<unknown>;

/** Does what the event says, and tells in a sentence what was done. */
type Trigger = (ask: Ask, flags: TriggerFlags) => Promise<string>;

/** What of an appliance is looked at. */
type ApplianceState = {
  readonly cards: readonly { readonly session_id: string; readonly sp_user_ref: string }[];
  readonly requests: readonly { readonly request_id: string; readonly address: string }[];
  readonly pairs: readonly { readonly pair_id: string; readonly state: string }[];
};

const at = (flags: TriggerFlags, rest = ""): string =>
  `/appliances/${encodeURIComponent(flags.appliance)}${rest}`;

const stateOf = async (ask: Ask, flags: TriggerFlags): Promise<ApplianceState> =>
  (await ask("GET", at(flags))) as ApplianceState;

/** Longer than any session lives. */
const sessionMs = 601_000;

/** The events that can be triggered. */
export type TriggerName = "approve" | "reject" | "revoke" | "offline" | "online" | "expire";

export const triggers: Readonly<Record<TriggerName, Trigger>> = {
  approve: (ask, flags) => decide(ask, flags, "approve"),
  reject: (ask, flags) => decide(ask, flags, "reject"),
  revoke: async (ask, flags) => {
    const pairId = flags.pairId ?? (await onlyPair(ask, flags));
    await ask("DELETE", at(flags, `/pairs/${encodeURIComponent(pairId)}`));
    return `The owner revoked the pair ${pairId}.`;
  },
  offline: async (ask, flags) => {
    await ask("POST", at(flags, "/offline"));
    return "The appliance is offline.";
  },
  online: async (ask, flags) => {
    await ask("POST", at(flags, "/online"));
    return "The appliance is online.";
  },
  expire: async (ask) => {
    await ask("POST", "/clock/advance", { ms: sessionMs });
    return "The emulator's clock went on by ten minutes: every open session has expired.";
  },
};

/** The session of the link that is scanned, or of what waits for the owner the oldest: sessions before signatures. */
async function decide(ask: Ask, flags: TriggerFlags, answer: "approve" | "reject"): Promise<string> {
  const { link, code, reason } = flags;
  const typed = code === undefined ? {} : { code };
  const said = answer === "reject" && reason !== undefined ? { reason } : {};
  const scanned = link === undefined ? undefined : await scan(ask, flags, { link, ...typed });
  const { cards, requests } = await stateOf(ask, flags);
  const card = cards.find(({ session_id }) => scanned === undefined || session_id === scanned);
  const [request] = requests;
  const done = answer === "approve" ? "approved" : "rejected";
  if (card !== undefined) {
    const body = answer === "approve" ? typed : said;
    await ask("POST", at(flags, `/cards/${encodeURIComponent(card.session_id)}/${answer}`), body);
    return `The owner ${done} the pairing for ${card.sp_user_ref}.`;
  }
  // By itself, as --approval auto or a rule says.
  if (link !== undefined) return "The appliance opened the link, and its owner decided at once.";
  if (request === undefined) {
    const next =
      "Scan a pairing link with --link, or ask for a signature first; sigil dev --approval manual lets it wait.";
    throw new CliError("trigger_failed", "Nothing waits for the owner of the appliance.", next);
  }
  await ask("POST", at(flags, `/requests/${encodeURIComponent(request.request_id)}/${answer}`), said);
  return `The owner ${done} the signature by ${request.address}.`;
}

/** Gives the id of the session that the link names. */
async function scan(ask: Ask, flags: TriggerFlags, body: object): Promise<string> {
  const { session_id } = (await ask("POST", at(flags, "/scan"), body)) as { readonly session_id: string };
  return session_id;
}

async function onlyPair(ask: Ask, flags: TriggerFlags): Promise<string> {
  const { pairs } = await stateOf(ask, flags);
  const alive = pairs.filter(({ state }) => state !== "revoked");
  const [pair, ...more] = alive;
  if (pair === undefined) {
    throw new CliError(
      "trigger_failed",
      "The appliance has no pair to revoke.",
      "Pair first with sigil pair.",
    );
  }
  if (more.length === 0) return pair.pair_id;
  const list = alive.map(({ pair_id, state }) => `${pair_id} (${state})`).join(", ");
  const next = "Name one with --pair-id or SIGIL_PAIR_ID.";
  throw new CliError("trigger_failed", `The appliance has several pairs: ${list}.`, next);
}
