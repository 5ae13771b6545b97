import { Refusal } from "./refusal.js";
import type { Sp, Sps } from "./stores/sps.js";

/**
 * The service provider whose API key came along.
 *
 * @throws Refusal `unauthorized`. The key itself is never repeated.
 */
export function authenticate(request: Request, sps: Sps): Sp {
  const bearer = /^bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const sp = bearer === undefined ? undefined : sps.find(bearer);
  if (sp !== undefined) return sp;
  const message =
    bearer === undefined
      ? "Authorization is missing: send Authorization: Bearer <api key>."
      : "This API key is not known here: use the one this emulator gave (emulator.sp.apiKey).";
  throw new Refusal("unauthorized", message, { "www-authenticate": "Bearer" });
}
