import type { Refusal } from "./Refusal.js";

/** JSON that nobody keeps: it is one user's. */
export function answer(
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}

/** The protocol's form of a refusal. */
export function refuse({ status, code, message, headers }: Refusal): Response {
  return answer(status, { error: { code, message }, request_id: crypto.randomUUID() }, headers);
}
