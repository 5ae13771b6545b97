import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import type { Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Connections of Node's fetch, or of its HTTP client, to one server: open now, at most so far, and how many there were. */
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
  const { host, port } = new URL(serverUrl);
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
  // Node's HTTP client, without fetch, opens none to spare.
  const started = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    if (request.socket === null || request.getHeader("host") !== host) return;
    all.add(request.socket);
    carrying.add(request.socket);
  };
  const listeners = [
    ["undici:client:connected", connected],
    ["undici:client:sendHeaders", sent],
    ["http.client.request.start", started],
  ] as const;
  for (const [channel, listener] of listeners) subscribe(channel, listener);
  onTestFinished(() => {
    for (const [channel, listener] of listeners) unsubscribe(channel, listener);
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
