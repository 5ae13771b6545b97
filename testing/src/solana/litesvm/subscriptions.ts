import type { Signature } from "@solana/kit";
import { readAccount } from "./accountJson.js";
import { type Chain, withContext } from "./chain.js";
import { toJson } from "./json.js";
import type { Landed } from "./landed.js";
import type { Method } from "./methods.js";
import { addressAt, configAt, type Params, stringAt } from "./params.js";

type Cancel = () => void;
type Notify = (result: unknown) => void;
/** Begins to notify. What it returns ends that. */
type Begin = (chain: Chain, params: Params, notify: Notify, end: Cancel) => Cancel;

const kinds: Readonly<Record<string, Begin>> = {
  signature: onSignature,
  slot: onSlot,
  account: onAccount,
};

/** The subscriptions of one connection: its methods `…Subscribe` and `…Unsubscribe`. */
export class Subscriptions {
  readonly #send: (text: string) => void;
  readonly #open = new Map<number, Cancel>();
  #lastId = 0;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  readonly lookup = (name: string): Method | undefined => {
    const [, kind, action] = /^(\w+?)(Subscribe|Unsubscribe)$/.exec(name) ?? [];
    const begin = kind === undefined ? undefined : kinds[kind];
    if (kind === undefined || begin === undefined) return undefined;
    if (action === "Unsubscribe") return (_chain, [id]) => this.#cancel(id as number);
    return (chain, params) => this.#subscribe(chain, kind, begin, params);
  };

  cancelAll(): void {
    for (const id of [...this.#open.keys()]) this.#cancel(id);
  }

  #subscribe(chain: Chain, kind: string, begin: Begin, params: Params): number {
    this.#lastId += 1;
    const subscription = this.#lastId;
    const notify: Notify = (result) => {
      const message = { jsonrpc: "2.0", method: `${kind}Notification`, params: { result, subscription } };
      this.#send(toJson(message));
    };
    this.#open.set(
      subscription,
      begin(chain, params, notify, () => this.#cancel(subscription)),
    );
    return subscription;
  }

  #cancel(id: number): boolean {
    this.#open.get(id)?.();
    return this.#open.delete(id);
  }
}

function onSlot({ events }: Chain, _params: Params, notify: Notify): Cancel {
  const listener = (slot: bigint): void => notify({ slot, parent: slot - 1n, root: slot });
  events.on("slot", listener);
  return () => events.off("slot", listener);
}

// Notifies once. The transaction may be in a block already: then at once, but after the answer to the request.
function onSignature(chain: Chain, params: Params, notify: Notify, end: Cancel): Cancel {
  const signature = stringAt(params, 0) as Signature;
  const listener = (landed: Landed): void => {
    if (landed.signature !== signature) return;
    notify(withContext(chain, { err: landed.error }));
    end();
  };
  chain.events.on("landed", listener);
  const known = chain.landed.get(signature);
  const soon = known && setImmediate(listener, known);
  return () => {
    clearImmediate(soon);
    chain.events.off("landed", listener);
  };
}

function onAccount(chain: Chain, params: Params, notify: Notify): Cancel {
  const address = addressAt(params, 0);
  const config = configAt(params, 1);
  let last = toJson(readAccount(chain.vm, address, config));
  const listener = (): void => {
    const account = readAccount(chain.vm, address, config);
    const now = toJson(account);
    if (now === last) return;
    last = now;
    notify(withContext(chain, account));
  };
  chain.events.on("landed", listener);
  return () => chain.events.off("landed", listener);
}
