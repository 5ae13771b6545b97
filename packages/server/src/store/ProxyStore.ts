/**
 * Where sessions are kept between requests: any storage of `unstorage` is one. Several servers that share it see each
 * other's sessions. Values are JSON objects, and hold validation codes: keep it as private as your users' sessions.
 *
 * @example
 * ```ts
 * const store = createStorage({ driver: redisDriver({ url: process.env.REDIS_URL }) }); // of unstorage
 * ```
 */
export type ProxyStore = {
  /** The value under the key, or `null`. */
  readonly getItem: (key: string) => Promise<unknown>;
  /** `ttl` is in seconds. A store that ignores it keeps sessions for ever. */
  readonly setItem: (key: string, value: object, options: { readonly ttl: number }) => Promise<void>;
};
