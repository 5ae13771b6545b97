/**
 * Where sessions are kept between requests: any storage of `unstorage` is one. Several servers that share it see each
 * other's sessions. Values are JSON objects, and hold validation codes: keep it as private as your users' sessions.
 *
 * The faster the better: while a read and a write together take less than 200 ms, an outcome comes a quarter of a second
 * later than without a store; up to a second, some three seconds; beyond that it fails, with an error that names the store.
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
