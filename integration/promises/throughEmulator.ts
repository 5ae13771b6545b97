import type { Socket } from "node:net";
import type { Emulator } from "@sigil/emulator";
import { httpText, json } from "./answers.js";
import { type RawOctane, type RawRequest, startRawOctane } from "./rawOctane.js";

/** What octane answered, before the way back. */
export type Answered = { readonly status: number; readonly body: string };

/** What becomes of the answer on its way back. */
export type WayBack = (socket: Socket, answered: Answered, request: RawRequest) => unknown;

/**
 * A proxy between the SDK and an emulator, over sockets: octane always gets the request and always decides about it; what
 * happens to its answer is the test's to say.
 */
export function startThroughEmulator(emulator: Emulator, wayBack: WayBack): Promise<RawOctane> {
  return startRawOctane(async (socket, request) => wayBack(socket, await ask(emulator, request), request));
}

/** The way back on which nothing happens. */
export const untouched: WayBack = (socket, { status, body }) => socket.write(httpText(status, json, body));

async function ask(emulator: Emulator, { method, path, head, body }: RawRequest): Promise<Answered> {
  const headers = ["authorization", "content-type", "idempotency-key"].flatMap((name) => {
    const value = new RegExp(`^${name}: *(.*)$`, "im").exec(head)?.[1]?.trim();
    return value === undefined ? [] : [[name, value] as [string, string]];
  });
  const response = await emulator.fetch(`https://octane.test${path}`, {
    method,
    headers,
    ...(body === "" ? {} : { body }),
  });
  return { status: response.status, body: await response.text() };
}
