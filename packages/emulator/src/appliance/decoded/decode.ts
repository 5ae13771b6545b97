import { fromBase64Url } from "../../encoding/base64url.js";
import { toHex } from "../../encoding/hex.js";
import type { SignMessage } from "../../link/messages.js";
import { plainText } from "./plainText.js";
import { type DecodedInstruction, readSolanaMessage, type TransactionSummary } from "./solanaMessage.js";

/**
 * What a payload is, as far as it can be read. For an EVM chain it is a digest, of which nothing can be read; for Solana it
 * is the message itself.
 */
export type Decoded =
  | { readonly kind: "digest"; readonly hex: string }
  | {
      readonly kind: "transaction";
      readonly chain: "solana";
      readonly summary: TransactionSummary;
      /**
       * All lamports that it moves, as a decimal number. Left out where that cannot be told: where there is no transfer, or an
       * instruction of another program than System, Memo and Compute Budget, which may move anything.
       */
      readonly lamports?: string;
    }
  | { readonly kind: "message"; readonly text: string }
  | { readonly kind: "bytes"; readonly hex: string };

/** Reads the payload of a request. */
export function decode({ algo, payload }: Pick<SignMessage, "algo" | "payload">): Decoded {
  const bytes = fromBase64Url(payload) ?? new Uint8Array();
  if (algo === "secp256k1") return { kind: bytes.length === 32 ? "digest" : "bytes", hex: toHex(bytes) };
  const summary = readSolanaMessage(bytes);
  if (summary !== undefined) return { kind: "transaction", chain: "solana", summary, ...lamportsOf(summary) };
  const text = plainText(bytes);
  return text === undefined ? { kind: "bytes", hex: toHex(bytes) } : { kind: "message", text };
}

function lamportsOf({ instructions }: TransactionSummary): { lamports?: string } {
  if (!instructions.every(isPlain)) return {};
  const moved = instructions.flatMap(({ lamports }) => (lamports === undefined ? [] : [BigInt(lamports)]));
  if (moved.length === 0) return {};
  return { lamports: moved.reduce((sum, each) => sum + each, 0n).toString() };
}

/** Moves what `lamports` says, or nothing. */
function isPlain({ name, lamports }: DecodedInstruction): boolean {
  return name === "Memo" || name === "Compute Budget" || (name === "System" && lamports !== undefined);
}
