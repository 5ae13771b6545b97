import { hexToBytes } from "@sigil/astrotrain";
import type { Hash } from "viem";
import { SigilAccountError } from "./SigilAccountError.js";

/** The bytes of a 32-byte hash. @throws SigilAccountError for anything else, before the appliance is asked. */
export function readHash(hash: Hash): Uint8Array {
  if (typeof hash !== "string" || !/^0x[0-9a-f]{64}$/i.test(hash)) {
    throw new SigilAccountError(
      "hash is not 32 bytes in hexadecimal (0x and 64 digits): hash the message first.",
    );
  }
  return hexToBytes(hash);
}
