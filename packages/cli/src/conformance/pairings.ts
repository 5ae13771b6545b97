import { type Answer, describe } from "./Answer.js";
import type { Json } from "./Json.js";
import type { Probe } from "./Probe.js";
import { madeSession, postCode, resultPath, type Scope } from "./requests.js";
import { Untried } from "./Verdict.js";
import type { Watch } from "./Watch.js";

/** Which pairing of the run. */
export type PairingName = "main" | "second" | "wrong" | "uncoded";

type Plan = { readonly coded: boolean; readonly scopes: readonly Scope[] };

/** The pairings of a run. The owner is asked for each once, when a check first needs it. */
export const plans: Readonly<Record<PairingName, Plan>> = {
  /** Pending, active, signed with, revoked. */
  main: {
    coded: true,
    scopes: [
      { chain: "ethereum", access: "sign" },
      { chain: "ethereum", access: "read" },
      { chain: "polygon", access: "read" },
      { chain: "solana", access: "sign" },
      { chain: "solana", access: "read" },
    ],
  },
  /** Has the same EVM address, for requests that fit two pairings; and a scope of each kind alone. */
  second: {
    coded: true,
    scopes: [
      { chain: "ethereum", access: "sign" },
      { chain: "solana", access: "read" },
    ],
  },
  /** Gets wrong codes until it is revoked. */
  wrong: { coded: true, scopes: [{ chain: "ethereum", access: "read" }] },
  /** Approved without a code, and revoked by its owner. */
  uncoded: { coded: false, scopes: [{ chain: "ethereum", access: "read" }] },
};

/** A pairing the owner has approved. */
export type Pairing = {
  readonly pair_id: string;
  readonly session_id: string;
  readonly code: string;
  /** The stream that was open while the owner decided. */
  readonly watch: Watch;
  readonly frame: Json;
};

/** The pairing, as the owner left it. @throws Untried where there was nobody, or it was declined. */
export function pairing(octane: Probe, name: PairingName): Promise<Pairing> {
  return octane.once(`pairing ${name}`, async () => {
    const { coded, scopes } = plans[name];
    const code = sixDigits();
    const { session_id, watch } = await decided(octane, scopes, coded ? code : undefined, "approve");
    const frame = watch.events()[0]?.data ?? {};
    const { kind, pair_id } = frame;
    if (kind === "pair_completed" && typeof pair_id === "string") {
      octane.paired.add(pair_id);
      return { pair_id, session_id, code, watch, frame };
    }
    throw new Untried(`no pairing was made: the session ended with ${JSON.stringify(frame)}`);
  });
}

/** A session that the owner has been asked about, and the stream that said how it ended. */
export async function decided(
  octane: Probe,
  requested_scopes: readonly Scope[],
  code: string | undefined,
  decision: "approve" | "reject",
): Promise<{ session_id: string; watch: Watch }> {
  if (octane.absent.has("pair")) throw new Untried("nobody decided about an earlier pairing");
  const { approver, waitMs } = octane.settings;
  const session_id = await madeSession(octane, {
    requested_scopes,
    expires_in_secs: Math.min(600, Math.ceil(waitMs / 1000) + 60),
  });
  const watch = await octane.watch(resultPath(session_id));
  const asks = requested_scopes.map(({ chain, access }) => `${access} on ${chain}`).join(", ");
  const link = `https://sigilvault.xyz/pair?session=${encodeURIComponent(session_id)}`;
  const coded = code === undefined ? link : `${link}&v=${code}`;
  await asked(approver.pair({ link: coded, sessionId: session_id, code, decision, asks }));
  if ((await watch.first(waitMs)) !== undefined) return { session_id, watch };
  watch.close();
  if (watch.answer().status === 200) octane.absent.add("pair");
  throw new Untried(`nobody decided about the pairing within ${waitMs / 1000} s`);
}

/** What an approver throws is why something cannot be tried. */
export async function asked<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw new Untried(error instanceof Error ? error.message : String(error));
  });
}

/** The first answer to the right code of this pairing. */
export async function activation(octane: Probe, name: PairingName): Promise<Answer> {
  const { pair_id, code } = await pairing(octane, name);
  return octane.once(`activation ${name}`, () => postCode(octane, pair_id, code));
}

/** The pairing, active. @throws Untried where the right code was refused. */
export async function activePairing(octane: Probe, name: PairingName): Promise<Pairing> {
  const answer = await activation(octane, name);
  if (answer.status === 200) return pairing(octane, name);
  throw new Untried(`the pairing could not be made active: ${describe(answer)}`);
}

/** Another code of six digits. */
export function wrongCode(code: string, by = 1): string {
  return String((Number(code) + by) % 1_000_000).padStart(6, "0");
}

function sixDigits(): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(number % 1_000_000).padStart(6, "0");
}
