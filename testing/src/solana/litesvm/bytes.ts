import { getBase58Decoder, getBase58Encoder } from "@solana/kit";
import { invalid } from "./params.js";

/** Bytes as JSON-RPC writes them: text and the name of its encoding; base58 stands alone if none was asked for. */
export function encodeBytes(bytes: Uint8Array, encoding: unknown): unknown {
  if (encoding === undefined) return getBase58Decoder().decode(bytes);
  if (encoding === "base58") return [getBase58Decoder().decode(bytes), "base58"];
  // "jsonParsed" too: what cannot be parsed comes as base64.
  if (encoding === "base64" || encoding === "jsonParsed")
    return [Buffer.from(bytes).toString("base64"), "base64"];
  throw invalid(`encoding ${String(encoding)} is not known here`);
}

export function decodeBytes(text: string, encoding: unknown = "base58"): Uint8Array {
  if (encoding === "base64") return Uint8Array.from(Buffer.from(text, "base64"));
  if (encoding === "base58") return Uint8Array.from(getBase58Encoder().encode(text));
  throw invalid(`encoding ${String(encoding)} is not known here`);
}
