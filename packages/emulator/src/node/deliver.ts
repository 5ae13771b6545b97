import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { Delivery, Ending } from "../faults/Delivery.js";
import { coded } from "./coded.js";

/** Long enough for what was written to be read on this machine: a reset may overtake it. */
const settleMs = 30;

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
  try {
    await (delivery.body instanceof Uint8Array ? writeWhole : writePieces)(delivery, response, gone);
  } catch (error) {
    if (!gone.aborted) throw error;
  }
}

/**
 * Head and body at once, as a server sends what it has at hand. Node's own fetch throws an error that nobody can catch
 * where it refuses an answer by its head and the connection ends before the body has come.
 */
async function writeWhole(delivery: Delivery, response: ServerResponse, gone: AbortSignal): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of coded(delivery, gone)) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  if (gone.aborted) return;
  writeHead(delivery, response, delivery.head?.status === 204 ? {} : { "content-length": whole.length });
  response.write(whole);
}

async function writePieces(delivery: Delivery, response: ServerResponse, gone: AbortSignal): Promise<void> {
  writeHead(delivery, response);
  response.flushHeaders();
  for await (const chunk of coded(delivery, gone)) {
    if (gone.aborted) return;
    await written(response, chunk, gone);
  }
}

function writeHead({ head }: Delivery, response: ServerResponse, more: OutgoingHttpHeaders = {}): void {
  response.writeHead(head?.status ?? 200, { ...Object.fromEntries(head?.headers ?? []), ...more });
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

/** A timer alone may be late, and fire before a reader in this process has had its turn. */
async function settled(): Promise<void> {
  await sleep(settleMs);
  await nextTurn();
  await nextTurn();
}

async function end({ head, ending }: Delivery, response: ServerResponse, socket: Socket): Promise<void> {
  if (ending.kind === "reset" && head !== undefined) await settled();
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
