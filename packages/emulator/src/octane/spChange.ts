import { fromBase64Url } from "../encoding/base64url.js";
import type { Chain } from "../link/chains.js";
import { knownChains, knownRate, type RateLimit } from "./policy.js";
import { returnOrigins } from "./returnUrl.js";
import type { User } from "./stores/users.js";

/** What can be changed of a service provider. `null` takes back what is optional. */
export type SpChange = {
  /** The name the appliance shows. */
  readonly name?: string | undefined;
  /** Where its picture is: an https address. */
  readonly logo?: string | null | undefined;
  /** An https address. */
  readonly homepage?: string | null | undefined;
  /** Where it may send the phone after approval: https origins. */
  readonly allowedReturnOrigins?: readonly string[] | undefined;
  /** Chains it may use. Default: all that the policy supports. */
  readonly supportedChains?: readonly Chain[] | null | undefined;
  /** For each of its API keys, in the place of the policy's. */
  readonly rateLimit?: RateLimit | null | undefined;
};

/** The row after the change. @throws TypeError or RangeError naming the field. */
export function changedUser(user: User, change: SpChange): User {
  const { logo, homepage, supported_chains, rate_limit, ...rest } = user;
  const { name, allowedReturnOrigins: origins, supportedChains, rateLimit } = change;
  return {
    ...rest,
    ...(name === undefined ? {} : { name: requireName(name) }),
    ...(origins === undefined ? {} : { allowed_return_origins: returnOrigins(origins) }),
    ...either("logo", change.logo, logo, (value) => link("logo", value)),
    ...either("homepage", change.homepage, homepage, (value) => link("homepage", value)),
    ...either("supported_chains", supportedChains, supported_chains, knownChains),
    ...either("rate_limit", rateLimit, rate_limit, knownRate),
  };
}

/** The field as it was, as it is from now on, or no more. */
function either<Name extends string, Value>(
  name: Name,
  change: Value | null | undefined,
  before: Value | undefined,
  check: (value: Value) => Value | null,
): { [Key in Name]?: Value } {
  const value = change === undefined ? before : change === null ? undefined : check(change);
  return (value === undefined || value === null ? {} : { [name]: value }) as { [Key in Name]?: Value };
}

function requireName(name: string): string {
  if (typeof name === "string" && name.trim() !== "") return name;
  throw new TypeError("name must be a string, not empty.");
}

/** What a page may show as a link or a picture: nothing but https. */
function link(field: string, value: string): string {
  if (typeof value === "string" && /^https:\/\/[^\s"'<>\\]+$/i.test(value)) return value;
  throw new TypeError(`${field} must be an https address.`);
}

/** @throws TypeError where this is not base64url of 32 bytes. */
export function requirePublicKey(publicKey: string): string {
  const bytes = typeof publicKey === "string" ? fromBase64Url(publicKey) : undefined;
  if (bytes?.length === 32) return publicKey;
  throw new TypeError("A signing key is an Ed25519 public key: base64url of 32 bytes.");
}
