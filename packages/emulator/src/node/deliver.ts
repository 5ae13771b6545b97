import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Delivery, Ending } from "../faults/Delivery.js";

/** Long enough for what was written to be read on this machine: a reset may overtake it. */
const settleMs = 20;

/** Does to the socket what a fault says. */
export async function deliver(delivery: Delivery, response: ServerResponse): Promise<void> {
  const { socket } = response;
  if (socket === null) return;
  // A caller who leaves is nothing to report.
  response.on("error", () => {});
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  if (delivery.head !== undefined) await write(delivery, response, gone.signal);
  if (!gone.signal.aborted) await end(delivery, response, socket);
}

async function write(delivery: Delivery, response: ServerResponse, gone: AbortSignal): Promise<void> {
  const { head, body } = delivery;
  response.writeHead(head?.status ?? 200, Object.fromEntries(head?.headers ?? []));
  response.flushHeaders();
  for await (const chunk of body?.(gone) ?? []) {
    if (gone.aborted) return;
    await written(response, chunk, gone);
  }
}

/** Resolves once the chunk has left, so that no more is made than is read. */
function written(response: ServerResponse, chunk: Uint8Array, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      gone.removeEventListener("abort", done);
      resolve();
    };
    gone.addEventListener("abort", done);
    response.write(chunk, done);
  });
}

async function end({ head, ending }: Delivery, response: ServerResponse, socket: Socket): Promise<void> {
  if (ending.kind === "reset" && head !== undefined) await sleep(settleMs);
  const ends: Readonly<Record<Ending["kind"], () => void>> = {
    complete: () => void response.end(),
    refuse: () => void socket.resetAndDestroy(),
    reset: () => void socket.resetAndDestroy(),
    close: () => void socket.end(),
    stall: () => {},
    garbage: () => void socket.end(ending.kind === "garbage" ? ending.bytes : ""),
  };
  ends[ending.kind]();
}
