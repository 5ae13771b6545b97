import { checkCode, checkOneOf, checkText } from "../internal/arguments.js";

export type BuildPairUriOptions = {
  readonly sessionId: string;
  /** `https`: the Universal Link, to be tapped on the phone. `sigil`: for a QR code on another screen. */
  readonly scheme: "https" | "sigil";
  /** Saves the user typing it, on the phone itself. Leave it out of a QR code, where the user is to compare it. */
  readonly validationCode?: string | undefined;
};

const prefixes = { https: "https://sigilvault.xyz/pair", sigil: "sigil://pair" } as const;

/**
 * The link that opens a session in the phone app.
 *
 * @throws ConfigError when an argument is wrong.
 * @example
 * ```ts
 * buildPairUri({ sessionId: "abc", scheme: "sigil" }); // "sigil://pair?session=abc"
 * buildPairUri({ sessionId: "abc", scheme: "https", validationCode: "012345" });
 * // "https://sigilvault.xyz/pair?session=abc&v=012345"
 * ```
 */
export function buildPairUri({ sessionId, scheme, validationCode }: BuildPairUriOptions): string {
  const prefix = prefixes[checkOneOf("scheme", scheme, ["https", "sigil"])];
  const session = encodeURIComponent(checkText("sessionId", sessionId, 256));
  const code = validationCode === undefined ? "" : `&v=${checkCode("validationCode", validationCode)}`;
  return `${prefix}?session=${session}${code}`;
}
