import { Refusal } from "./Refusal.js";
import type { Route } from "./route.js";

/**
 * Cookies go along with whatever page sends a request, so the browser's own word on which page that is decides. A
 * change has to name an allowed Origin, which every browser does, and be JSON, which a form cannot be. A read has no
 * Origin where it is from the same one.
 *
 * What reads no body may come without one, and then without its type: a form always names one, and who sends nothing from
 * another site is told by Origin as before.
 *
 * @throws Refusal `origin_denied` or `unsupported_media_type`
 */
export function refuseForgery(
  request: Request,
  { name }: Pick<Route, "name">,
  allowedOrigins: ReadonlySet<string>,
): void {
  const { headers } = request;
  const reads = request.method === "GET";
  const origin = headers.get("origin");
  // Without CORS headers in answers a browser gives no other site's page an answer, so the proxy needs none to ask.
  const sites = reads ? [null, "same-origin", "none"] : [null, "same-origin"];
  if (origin === null ? !reads : !allowedOrigins.has(origin)) throw new Refusal("origin_denied");
  if (!sites.includes(headers.get("sec-fetch-site"))) throw new Refusal("origin_denied");
  if (reads || isJson(headers.get("content-type"))) return;
  if (name === "sign" || !isEmpty(headers)) throw new Refusal("unsupported_media_type");
}

const isJson = (type: string | null): boolean => /^application\/json\s*(;|$)/i.test(type ?? "");

/** By the headers: servers give a stream for a body that is not there. */
const isEmpty = (headers: Headers): boolean =>
  !headers.has("content-type") &&
  !headers.has("transfer-encoding") &&
  (headers.get("content-length") ?? "0") === "0";
