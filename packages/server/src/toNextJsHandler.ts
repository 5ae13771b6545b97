import type { SigilProxy } from "./createSigilProxy.js";

/** The exports of a Next.js route handler. */
export type NextJsHandler = {
  readonly GET: (request: Request) => Promise<Response>;
  readonly POST: (request: Request) => Promise<Response>;
};

/**
 * Serves a proxy from Next.js, as `app/api/[...sigil]/route.ts`. Events would not come through `rewrites()`, which gather
 * them.
 *
 * @example
 * ```ts
 * export const { GET, POST } = toNextJsHandler(proxy);
 * ```
 */
export const toNextJsHandler = ({ fetch }: SigilProxy): NextJsHandler => ({
  GET: (request) => fetch(request),
  POST: (request) => fetch(request),
});
