import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Connections of Node's fetch to one server: open now, at most so far, and how many there were. */
export type ClientSockets = {
  /** All, with those that Node opens to spare once it has cut one. */
  readonly all: SocketCount;
  /** Those over which a request has gone. */
  readonly carrying: SocketCount;
};

type SocketCount = { readonly open: () => number; readonly peak: () => number; readonly made: () => number };

/**
 * Counts them where they are made, until they are destroyed. A server of the same process hears of that only when it is its
 * turn again, and meanwhile counts the next connection on top.
 */
export function countClientSockets(serverUrl: string): ClientSockets {
  const { port } = new URL(serverUrl);
  const ours = new WeakSet<Socket>();
  const [all, carrying] = [countSockets(), countSockets()];
  const connected = (message: unknown): void => {
    const { connectParams, socket } = message as { connectParams: { port: string }; socket: Socket };
    if (connectParams.port !== port) return;
    ours.add(socket);
    all.add(socket);
  };
  const sent = (message: unknown): void => {
    const { socket } = message as { socket: Socket };
    if (ours.has(socket)) carrying.add(socket);
  };
  subscribe("undici:client:connected", connected);
  subscribe("undici:client:sendHeaders", sent);
  onTestFinished(() => {
    unsubscribe("undici:client:connected", connected);
    unsubscribe("undici:client:sendHeaders", sent);
  });
  return { all, carrying };
}

function countSockets(): SocketCount & { readonly add: (socket: Socket) => void } {
  const alive = new Set<Socket>();
  let made = 0;
  let peak = 0;
  const open = (): number => {
    for (const socket of alive) if (socket.destroyed) alive.delete(socket);
    return alive.size;
  };
  const add = (socket: Socket): void => {
    if (alive.has(socket)) return;
    alive.add(socket);
    made++;
    peak = Math.max(peak, open());
  };
  return { open, add, peak: () => peak, made: () => made };
}
