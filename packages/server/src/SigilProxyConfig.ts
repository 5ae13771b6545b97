import type { AstrotrainClient, SignAlgo } from "@sigil/astrotrain";
import type { RequestedScope, WalletEntry } from "@sigil/astrotrain/pairing";
import type { ProxyStore } from "./store/ProxyStore.js";

/** Who is asking, by your own login. */
export type SigilUser = {
  /** Your name for the user, 1 to 256 characters. Octane and the phone app get it as `sp_user_ref`. */
  readonly userId: string;
};

/** A pairing that its user approved and octane validated. */
export type Paired = {
  readonly userId: string;
  /** A UUID: keep it with the user's record. */
  readonly pairId: string;
  readonly sessionId: string;
  /** The wallets of the pair and what it may do with each. Empty where the user granted nothing. */
  readonly entries: readonly WalletEntry[];
};

/** What a page asks to have signed. */
export type SignAsk = {
  readonly userId: string;
  /** secp256k1: the 32-byte digest. ed25519: the serialized message. */
  readonly payload: Uint8Array;
  readonly algo: SignAlgo;
  /** Octane's name for the chain, where the page gave one. */
  readonly chain: string | undefined;
};

/** With what it is signed: all of it from your record of the user, nothing from the request. */
export type SignGrant = {
  readonly client: Pick<AstrotrainClient, "sign">;
  readonly address: string;
  readonly pairId: string;
};

export type SigilProxyConfig = {
  /** `https://…`, or `http://` for loopback. All requests go there; nothing in a request changes that. */
  readonly octaneUrl: string;
  /** The SP's bearer key. */
  readonly apiKey: string;
  /**
   * Who sends this request, by your own session: `null` for nobody, which is answered with 401. Required, since
   * without it anybody could pair as anybody. It may look at the headers; the body is not its to read.
   */
  readonly authorize: (request: Request) => SigilUser | null | Promise<SigilUser | null>;
  /**
   * Keeps `pairId` and the addresses with the user's record. Runs after the pair was validated. If it throws, it runs
   * again with the next wait, so have it overwrite by `pairId` rather than add.
   *
   * What it returns stays on the server, but for `{ toPage: … }`: that, as JSON, goes to the user's page as `paired`.
   */
  readonly onPaired: (paired: Paired) => unknown;
  /** The origins of your pages, such as `https://app.example`. A request from any other page is refused. */
  readonly allowedOrigins: readonly string[];
  /** What each session asks the user for. */
  readonly requestedScopes: readonly RequestedScope[];
  /** Where the proxy is mounted. Paths are matched with and without it. @defaultValue "/api" */
  readonly basePath?: string | undefined;
  /** How long the user has, whole seconds from 1 to 600. @defaultValue 300 */
  readonly expiresInSecs?: number | undefined;
  /**
   * Where the phone goes after approval: https, on one of `allowedOrigins`. A function may choose by the request; what it
   * returns is held to the same. Let it be on the origin of the page that opened the session: what that page has kept, to
   * take the session up again, no other origin can read.
   */
  readonly returnUrl?: string | ((request: Request) => string) | undefined;
  /**
   * Serves `POST /sp/sign`, which does not exist otherwise. `authorize` decides for each payload: `null` is answered with
   * 403. Whoever chooses the payload decides what is signed, so look at it.
   */
  readonly sign?:
    | { readonly authorize: (request: Request, ask: SignAsk) => SignGrant | null | Promise<SignGrant | null> }
    | undefined;
  /** Where sessions are kept. @defaultValue this process's memory */
  readonly store?: ProxyStore | undefined;
  /**
   * Gets what went wrong behind an answer, for your log. Browsers get a code and a fixed sentence only.
   *
   * @defaultValue `console.error`, with the error's text, stack and causes, and without the API key
   */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Used instead of the global `fetch` to reach octane. */
  readonly fetch?: typeof globalThis.fetch | undefined;
};
