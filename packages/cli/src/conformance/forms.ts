import { decode } from "./bytes.js";
import { holds, type Verdict } from "./Verdict.js";

/** The chains of the protocol page and what their keys sign with. */
export const algoOfChain: Readonly<Record<string, "secp256k1" | "ed25519">> = {
  ethereum: "secp256k1",
  polygon: "secp256k1",
  base: "secp256k1",
  arbitrum: "secp256k1",
  optimism: "secp256k1",
  bnb: "secp256k1",
  avalanche: "secp256k1",
  solana: "ed25519",
};

/** RFC 3339 in UTC: a date, `T`, a time with seconds, perhaps a fraction, and `Z` or `+00:00`. */
function isRfc3339(value: unknown): value is string {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]00:00)$/i;
  return typeof value === "string" && form.test(value) && !Number.isNaN(Date.parse(value));
}

/** Holds where the field is a time as it travels. */
export function isTime(name: string, value: unknown): Verdict {
  return holds(isRfc3339(value), `${name} as RFC 3339 text in UTC`, value);
}

/** Holds where the field is a text with something in it. */
export function isText(name: string, value: unknown): Verdict {
  return holds(typeof value === "string" && value !== "", `${name}, a text`, value);
}

/** Holds where the field is so many bytes as they travel. */
export function isBytes(name: string, value: unknown, ...lengths: readonly number[]): Verdict {
  const length = decode(value)?.length;
  return holds(
    length !== undefined && lengths.includes(length),
    `${name}, ${lengths.join(" or ")} bytes as base64url without padding`,
    value,
  );
}

/** Holds where the field is a UUID. */
export function isUuid(name: string, value: unknown): Verdict {
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
  return holds(typeof value === "string" && form.test(value), `${name}, a UUID`, value);
}

/** Holds where the field is a whole number from nought. */
export function isCount(name: string, value: unknown): Verdict {
  return holds(Number.isSafeInteger(value) && Number(value) >= 0, `${name}, a whole number`, value);
}
