import { ConfigError } from "@sigil/astrotrain";

/** At once, since a signature is checked without the accelerator where it fails. @throws ConfigError when there is one that is no function. */
export function checkRecoverPublicKey(given: unknown): void {
  if (given === undefined || typeof given === "function") return;
  throw new ConfigError(
    "recoverPublicKey",
    "must be a function, such as the recover of tiny-secp256k1; leave it out to check in JavaScript.",
  );
}
