/**
 * Something in the call itself is wrong (a URL, a key, an id, a payload of the wrong type), found before any
 * request left. Mend the argument named by {@link ConfigError.field} and call again.
 *
 * The value itself is never repeated, since it may be a secret.
 *
 * @example
 * ```ts
 * try {
 *   new AstrotrainClient({ octaneUrl: "http://octane.example", apiKey, privateKeySeed });
 * } catch (error) {
 *   if (error instanceof ConfigError) console.error(error.field); // "octaneUrl"
 * }
 * ```
 */
export class ConfigError extends Error {
  static {
    ConfigError.prototype.name = "ConfigError";
  }

  /** The option at fault, as it is named in the call, for instance `octaneUrl`. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(`${field}: ${message}`);
    this.field = field;
  }
}
