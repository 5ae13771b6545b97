import { toUtf8 } from "../encoding/utf8.js";
import { version } from "../version.js";
import type { Body, Delivery, Ending } from "./Delivery.js";

export const complete: Ending = { kind: "complete" };

/** What an answer made here says of itself: that it is an emulator's. */
function headersOf(headers: Readonly<Record<string, string>>): Headers {
  return new Headers({ "cache-control": "no-store", "x-sigil-emulator": version, ...headers });
}

/** An answer made here, whole. */
export function answer(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Body | Uint8Array | string,
): Delivery {
  const bytes = typeof body === "string" ? toUtf8(body) : body;
  return { head: { status, headers: headersOf(headers) }, body: bytes, ending: complete };
}

/** The head of octane's own answer, for a body that leaves otherwise. */
export function headOf({ status, headers }: Response): NonNullable<Delivery["head"]> {
  return { status, headers: new Headers(headers) };
}
