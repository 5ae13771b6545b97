import { keccak_256 } from "@noble/hashes/sha3.js";
import { b64uToBytes, hexToBytes, type SignAlgo } from "@sigil/astrotrain";
import { CliError } from "../errors/CliError.js";

/** What is typed as that to be signed. */
export type PayloadFlags = { readonly payload?: string; readonly message?: string };

/** The bytes for octane: those of `--payload`, or what the chain hashes or signs for the text of `--message`. */
export function readPayload({ payload, message }: PayloadFlags, algo: SignAlgo): Uint8Array {
  if ((payload === undefined) === (message === undefined)) {
    throw new CliError(
      "bad_option",
      "There must be one of --payload and --message.",
      "Give the bytes as --payload, or a text to sign as --message.",
    );
  }
  if (payload !== undefined) return decode(payload);
  const text = new TextEncoder().encode(message);
  return algo === "ed25519" ? text : personalMessage(text);
}

/** The digest of EIP-191, under which Ethereum wallets sign text. */
function personalMessage(text: Uint8Array): Uint8Array {
  const prefix = new TextEncoder().encode(`\u0019Ethereum Signed Message:\n${text.length}`);
  return keccak_256(Uint8Array.from([...prefix, ...text]));
}

/** Never guesses: what could be both is refused, since another payload than the one meant would be signed. */
function decode(text: string): Uint8Array {
  const [, named] = /^base64url:(.*)$/s.exec(text) ?? [];
  if (named === undefined && !text.startsWith("0x") && /^([0-9a-f]{2})+$/i.test(text)) {
    const next = "Write 0x before hexadecimal digits, or base64url: before base64url.";
    throw new CliError("bad_option", "--payload can be read both as hexadecimal and as base64url.", next);
  }
  try {
    return text.startsWith("0x") ? hexToBytes(text) : b64uToBytes(named ?? text);
  } catch (cause) {
    const next = "Write 0x and two hexadecimal digits a byte, or base64url without padding.";
    throw new CliError("bad_option", "--payload is neither hexadecimal nor base64url.", next, { cause });
  }
}
