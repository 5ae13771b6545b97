import { ConfigError } from "../errors/ConfigError.js";

/** Where octane is and who asks. Made by {@link toEndpoint} only, so what it holds has been checked. */
export type Endpoint = {
  /** No trailing slash; absolute, or a path such as `/api` behind a proxy. */
  readonly base: string;
  readonly apiKey: string;
  readonly fetch: typeof globalThis.fetch;
};

export type EndpointConfig = {
  readonly octaneUrl: string;
  readonly apiKey: string;
  readonly fetch?: typeof globalThis.fetch | undefined;
};

/** @throws ConfigError for `octaneUrl`, `apiKey` or `fetch`, never repeating the value. */
export function toEndpoint(config: EndpointConfig): Endpoint {
  const { base, relative } = checkOctaneUrl(config.octaneUrl);
  if (relative && config.fetch === undefined && globalThis.location === undefined) {
    throw new ConfigError(
      "octaneUrl",
      "a path such as /api works in a browser only; give the whole URL here.",
    );
  }
  // Looked up at each call, so that tools which replace the global fetch later on still see the requests.
  const endpoint = { base, apiKey: checkApiKey(config.apiKey), fetch: globalFetch };
  return config.fetch === undefined ? endpoint : withFetch(endpoint, config.fetch);
}

/** @throws ConfigError for `fetch`. */
export function withFetch(endpoint: Endpoint, fetch: unknown): Endpoint {
  if (typeof fetch !== "function")
    throw new ConfigError("fetch", "must be a function like the global fetch.");
  return { ...endpoint, fetch: fetch as typeof globalThis.fetch };
}

const globalFetch: typeof globalThis.fetch = (...request) => globalThis.fetch(...request);

/** The URL of a route, each segment percent-encoded so that none can leave its place in the path. */
export function joinUrl(base: string, segments: readonly string[]): string {
  return [base, ...segments.map(encodeURIComponent)].join("/");
}

function checkOctaneUrl(octaneUrl: unknown): { base: string; relative: boolean } {
  const fail = (what: string): never => {
    throw new ConfigError("octaneUrl", what);
  };
  if (typeof octaneUrl !== "string" || octaneUrl === "")
    return fail("must be a URL such as https://api.sigilvault.xyz/octane.");
  // The URL parser strips or converts these silently, so that what is checked would not be what was given.
  if (/[\s\p{Cc}\\?#]/u.test(octaneUrl))
    return fail("must have no white space, backslash, query or fragment.");
  const relative = octaneUrl.startsWith("/");
  if (relative && octaneUrl.startsWith("//"))
    return fail("must name its scheme: https://… or a path such as /api.");
  if (!relative && !/^https?:\/\//i.test(octaneUrl))
    return fail("must begin with https://, or be a path such as /api.");
  let url: URL;
  try {
    url = new URL(octaneUrl, "https://relative.invalid");
  } catch {
    return fail("is not a valid URL.");
  }
  if (url.username !== "" || url.password !== "" || /^https?:\/\/[^/]*@/i.test(octaneUrl)) {
    return fail("must hold no user name or password.");
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return fail("must be https; http is for 127.0.0.0/8, [::1] and localhost only.");
  }
  const path = url.pathname.replace(/\/+$/, "");
  // Dot segments may leave two slashes in front, which would name a host.
  if (relative && path.startsWith("//")) return fail("must be a path of this page's own host.");
  return { base: relative ? path : url.origin + path, relative };
}

const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);

function checkApiKey(apiKey: unknown): string {
  if (apiKey === undefined) throw new ConfigError("apiKey", "is missing: give the SP's bearer key.");
  // A line break or non-ASCII character would make Headers throw an error that repeats the whole key.
  if (typeof apiKey !== "string" || !/^[\x21-\x7e]{1,4096}$/.test(apiKey)) {
    throw new ConfigError("apiKey", "must be 1 to 4096 printable ASCII characters without spaces.");
  }
  return apiKey;
}
