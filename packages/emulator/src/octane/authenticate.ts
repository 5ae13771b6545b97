import { Refusal } from "./refusal.js";
import type { Caller, Sps } from "./stores/sps.js";

/**
 * The service provider whose API key came along, and which key that was.
 *
 * @throws Refusal `unauthorized`. The key itself is never repeated.
 */
export function authenticate(request: Request, sps: Sps): Caller {
  const bearer = /^bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const caller = bearer === undefined ? undefined : sps.find(bearer);
  if (caller !== undefined) return caller;
  const message =
    bearer === undefined
      ? "Authorization is missing: send Authorization: Bearer <api key>."
      : "This API key is not known here: use the one this emulator gave (emulator.sp.apiKey).";
  throw new Refusal("unauthorized", message, { "www-authenticate": "Bearer" });
}
