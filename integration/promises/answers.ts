import { address, pairId, sessionId } from "./calls.js";
import type { RawRequest } from "./rawOctane.js";

const at = "2026-01-01T00:00:00Z";
const signature = Buffer.alloc(64, 5).toString("base64url");

/** What an octane that is well answers to each call. */
export function goodAnswer({ method, path, body }: Pick<RawRequest, "method" | "path" | "body">): object {
  if (path.endsWith("/sp/sign")) {
    const { sp_signature } = JSON.parse(body) as { sp_signature: string };
    const request_id = "r-1";
    return {
      device_signature: signature,
      octane_signature: signature,
      sp_signature,
      request_id,
      signed_at: at,
    };
  }
  if (path.endsWith("/sp/pair/sessions"))
    return { session_id: sessionId, pair_uri: "https://sigilvault.xyz/pair?session=s", expires_at: at };
  if (path.endsWith("/result")) {
    const bindings = [{ chain: "ethereum", wallet_index: 0, access: "sign", address }];
    const ids = { pair_id: pairId, session_id: sessionId, sp_user_ref: "user-42" };
    return { kind: "pair_completed", ...ids, bindings, completed_at: at };
  }
  if (path.endsWith("/validate")) return { signature };
  if (path.endsWith("/wallets"))
    return { entries: [{ chain: "ethereum", wallet_index: 0, address, read: true, sign: true }] };
  if (path.endsWith("/events")) return { kind: "pair_revoked", pair_id: pairId, revoked_at_ms: 1 };
  if (method === "DELETE") return { revoked: true, pair_id: pairId, revoked_at_ms: 1 };
  throw new Error("no such route");
}

/** An HTTP/1.1 answer as text, its length counted; a header that is given is sent as it is given. */
export function httpText(
  status: number,
  headers: Readonly<Record<string, string | readonly string[]>>,
  body = "",
): string {
  const length = { "content-length": String(Buffer.byteLength(body)) };
  return `${headText(status, { ...length, ...headers })}${body}`;
}

/** Status line and headers, with the empty line after them. */
export function headText(
  status: number,
  headers: Readonly<Record<string, string | readonly string[]>>,
): string {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((each) => `${name}: ${each}\r\n`),
  );
  return `HTTP/1.1 ${status} Status\r\n${lines.join("")}\r\n`;
}

export const json = { "content-type": "application/json" } as const;

/** The whole good answer of a call, as JSON, which waits take as well. */
export const goodText = (request: RawRequest): string =>
  httpText(200, json, JSON.stringify(goodAnswer(request)));
