import { type NamesOf, refuseMisspelt } from "@sigil/astrotrain/adapter";
import { ConfigError, type PairingOptions, type RequestedScope } from "@sigil/astrotrain/pairing";
import { refuseExposedKey } from "./refuseExposedKey.js";
import { checkedReturnUrl } from "./returnUrl.js";
import type { SigilProxyConfig } from "./SigilProxyConfig.js";
import { Places } from "./session/Places.js";
import { type Sessions, sessionsIn } from "./store/sessions.js";
import { toReport } from "./toReport.js";

/** The configuration, checked, with the defaults filled in. */
export type Settings = Pick<SigilProxyConfig, "authorize" | "onPaired" | "sign"> & {
  readonly octane: PairingOptions;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly basePath: string;
  readonly requestedScopes: readonly RequestedScope[];
  readonly expiresInSecs: number;
  readonly returnUrl: ((request: Request) => unknown) | undefined;
  readonly sessions: Sessions;
  /** Where many users approve at once, octane is not asked for all of them at once. */
  readonly completions: Places;
  /** Never throws. */
  readonly report: (error: unknown) => void;
};

const names: NamesOf<SigilProxyConfig> = {
  ...{ octaneUrl: true, apiKey: true, authorize: true, onPaired: true, allowedOrigins: true },
  ...{ requestedScopes: true, basePath: true, expiresInSecs: true, returnUrl: true, sign: true },
  ...{ store: true, onError: true, fetch: true },
};

/** @throws ConfigError naming the option, never repeating its value. */
export function readConfig(config: SigilProxyConfig): Settings {
  if (typeof config !== "object" || config === null) throw new ConfigError("options", "must be an object.");
  refuseMisspelt(config, names);
  refuseBrowser();
  checkFunction(
    "authorize",
    config.authorize,
    "must be a function that tells who sends a request: without it anybody could pair as anybody.",
  );
  checkFunction("onPaired", config.onPaired, "must be a function that keeps pairId with your user's record.");
  if (config.onError !== undefined) checkFunction("onError", config.onError, "must be a function.");
  const allowedOrigins = readOrigins(config.allowedOrigins);
  return {
    authorize: config.authorize,
    onPaired: config.onPaired,
    sign: readSign(config.sign),
    octane: readOctane(config),
    allowedOrigins,
    basePath: readBasePath(config.basePath),
    requestedScopes: readScopes(config.requestedScopes),
    expiresInSecs: readExpiry(config.expiresInSecs),
    returnUrl: readReturnUrl(config.returnUrl, allowedOrigins),
    sessions: sessionsIn(readStore(config.store)),
    // As many as a signing client asks for at once.
    completions: new Places(64),
    report: toReport(config),
  };
}

function refuseBrowser(): void {
  if (typeof window === "undefined" || typeof document === "undefined") return;
  throw new ConfigError("createSigilProxy", "holds the API key and must not run in a browser.");
}

function checkFunction(field: string, value: unknown, what: string): void {
  if (typeof value !== "function") throw new ConfigError(field, what);
}

function readSign(sign: SigilProxyConfig["sign"]): SigilProxyConfig["sign"] {
  if (sign === undefined) return undefined;
  const what =
    "must be a function that tells what each user may have signed, and with which of their wallets.";
  checkFunction("sign.authorize", sign?.authorize, what);
  return { authorize: sign.authorize };
}

function readOctane({ octaneUrl, apiKey, fetch }: SigilProxyConfig): PairingOptions {
  if (typeof octaneUrl !== "string" || !/^https?:\/\//i.test(octaneUrl) || !URL.canParse(octaneUrl))
    throw new ConfigError("octaneUrl", "must be a whole URL such as https://api.sigilvault.xyz/octane.");
  // The parser strips or turns round the first two, so that what is checked would not be what is used.
  if (/[\s\p{Cc}\\?#@]/u.test(octaneUrl))
    throw new ConfigError(
      "octaneUrl",
      "must have no white space, backslash, user name, password, query or fragment.",
    );
  const { protocol, hostname } = new URL(octaneUrl);
  if (protocol === "http:" && !/^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(hostname))
    throw new ConfigError("octaneUrl", "must be https; http is for loopback only.");
  if (typeof apiKey !== "string" || !/^[\x21-\x7e]{1,4096}$/.test(apiKey))
    throw new ConfigError("apiKey", "must be 1 to 4096 printable ASCII characters without spaces.");
  refuseExposedKey(apiKey);
  if (fetch !== undefined) checkFunction("fetch", fetch, "must be a function like the global fetch.");
  return { octaneUrl, apiKey, fetch };
}

function readOrigins(origins: unknown): ReadonlySet<string> {
  const what = 'must be a list of the origins of your pages, such as ["https://app.example"].';
  if (!Array.isArray(origins) || origins.length === 0) throw new ConfigError("allowedOrigins", what);
  for (const [i, origin] of origins.entries()) {
    const parsed = typeof origin === "string" && URL.canParse(origin) ? new URL(origin) : undefined;
    // "null" is what sandboxed frames of any site send.
    if (parsed === undefined || parsed.origin !== origin || origin === "null")
      throw new ConfigError(
        `allowedOrigins[${i}]`,
        "must be scheme, host and port only, such as https://app.example.",
      );
  }
  return new Set(origins as readonly string[]);
}

function readBasePath(basePath: unknown = "/api"): string {
  if (typeof basePath !== "string" || !/^(\/[\w.~-]+)*\/?$/.test(basePath))
    throw new ConfigError("basePath", 'must be a path such as "/api", or "" for none.');
  return basePath.replace(/\/$/, "");
}

function readScopes(scopes: unknown): readonly RequestedScope[] {
  const what = 'must be a non-empty array such as [{ chain: "ethereum", access: "sign" }].';
  if (!Array.isArray(scopes) || scopes.length === 0) throw new ConfigError("requestedScopes", what);
  return (scopes as readonly RequestedScope[]).map((scope) => {
    const known = scope?.access === "sign" || scope?.access === "read";
    if (typeof scope?.chain !== "string" || !known) throw new ConfigError("requestedScopes", what);
    return { chain: scope.chain, access: scope.access };
  });
}

function readExpiry(expiresInSecs: unknown = 300): number {
  if (!Number.isInteger(expiresInSecs) || (expiresInSecs as number) < 1 || (expiresInSecs as number) > 600)
    throw new ConfigError("expiresInSecs", "must be a whole number of seconds from 1 to 600.");
  return expiresInSecs as number;
}

function readReturnUrl(returnUrl: unknown, allowedOrigins: ReadonlySet<string>): Settings["returnUrl"] {
  if (returnUrl === undefined) return undefined;
  if (typeof returnUrl === "function") return returnUrl as (request: Request) => unknown;
  if (checkedReturnUrl(returnUrl, allowedOrigins) === undefined)
    throw new ConfigError(
      "returnUrl",
      "must be an https URL on one of allowedOrigins, without user name or password.",
    );
  return () => returnUrl;
}

function readStore(store: SigilProxyConfig["store"]): SigilProxyConfig["store"] {
  if (store === undefined) return undefined;
  if (typeof store?.getItem !== "function" || typeof store.setItem !== "function")
    throw new ConfigError("store", "must have getItem and setItem, as a storage of unstorage has.");
  return store;
}
