import { raceAbort } from "../../internal/abort.js";
import { sleep } from "../../internal/sleep.js";
import { passed } from "../bodies.js";
import { boolean, duration, optional, whole } from "../checks.js";
import type { Body, Delivery } from "../Delivery.js";
import { handleIf } from "../handleIf.js";
import { answer, complete, headOf } from "../heads.js";
import { type Exchange, type Handled, type Kind, mostEarlier } from "../Kind.js";
import { isStreamRoute } from "../routes.js";

/** The answer to an earlier call on the route, the last 2xx by default. Without one: 500, which says so. */
export type Stale = Handled & {
  readonly kind: "stale";
  /** How many 2xx answers back, 1 to 16. Default 1. */
  readonly back?: number;
};

/** On a stream of events each frame twice; on any other route the same as `stale`: the last answer once more. */
export type Duplicate = Handled & { readonly kind: "duplicate" };

/** Two calls on the way at once get each other's answers. */
export type Swap = {
  readonly kind: "swap";
  /** How long the first waits for a second; after that it gets its own. Default 1,000. */
  readonly waitMs?: number;
};

export const stale: Kind<Stale> = {
  fields: { handled: optional(boolean), back: optional(whole(1, mostEarlier)) },
  deliver: async (fault, exchange) => {
    const earlier = exchange.earlier(fault.back ?? 1);
    await handleIf(fault, exchange);
    return earlier ?? nothingEarlier(fault.back ?? 1);
  },
};

export const duplicate: Kind<Duplicate> = {
  fields: { handled: optional(boolean) },
  deliver: async (fault, exchange) => {
    if (!isStreamRoute(exchange.route)) return stale.deliver({ ...fault, kind: "stale" }, exchange);
    const response = await exchange.handle();
    return { head: headOf(response), body: twice(passed(response)), ending: complete };
  },
};

/** Each event leaves octane as one chunk. */
const twice = (body: Body): Body =>
  async function* (gone) {
    for await (const event of body(gone)) {
      yield event;
      yield event;
    }
  };

function nothingEarlier(back: number): Delivery {
  const message = `The fault has no answer ${back} back on this route: make ${back === 1 ? "a call" : "more calls"} before it, or set after.`;
  const body = JSON.stringify({ error: { code: "internal_error", message }, request_id: "stale" });
  return answer(500, { "content-type": "application/json" }, body);
}

type Waiting = { readonly own: Response; readonly take: (other: Response) => void };

/** Who waits for a second call, by the rule's own copy of the fault. */
const waiting = new WeakMap<Swap, Waiting>();

export const swap: Kind<Swap> = {
  fields: { waitMs: optional(duration) },
  deliver: async (fault, exchange) => {
    const response = await swapped(fault, exchange);
    return { head: headOf(response), body: passed(response), ending: complete };
  },
};

async function swapped(fault: Swap, { handle, signal }: Exchange): Promise<Response> {
  const own = await handle();
  const first = waiting.get(fault);
  if (first !== undefined) {
    waiting.delete(fault);
    first.take(own);
    return first.own;
  }
  const other = new Promise<Response>((take) => void waiting.set(fault, { own, take }));
  const alone = sleep(fault.waitMs ?? 1_000, signal).then(() => {
    if (waiting.get(fault)?.own === own) waiting.delete(fault);
    return own;
  });
  return raceAbort(Promise.race([other, alone]), signal);
}
