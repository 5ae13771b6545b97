import { requireFreshMessage, requireFreshTypedData, snapshot, snapshotData } from "@sigil/evm";
import type { Hash, SignableMessage, TypedDataDefinition } from "viem";
import { fromHex, hashMessage, hashTypedData } from "viem/utils";

/** Of a copy where the message is looked at first: what is looked at has to be what is hashed. */
export function digestOfMessage(message: SignableMessage, requireFreshness: boolean): Hash {
  if (!requireFreshness) return hashMessage(message);
  const copy = snapshot(message);
  requireFreshMessage(textOfMessage(copy));
  return hashMessage(copy);
}

/** The same for typed data (EIP-712). */
export function digestOfTypedData(typedData: unknown, requireFreshness: boolean): Hash {
  if (!requireFreshness) return hashTypedData(typedData as TypedDataDefinition);
  const copy = snapshotData(typedData) as TypedDataDefinition & Fields;
  requireFreshTypedData(copy.types?.[copy.primaryType] ?? [], copy.message ?? {});
  return hashTypedData(copy as TypedDataDefinition);
}

/** What viem's own type says of typed data, whatever its types are. */
type Fields = {
  readonly types?: Readonly<Record<string, readonly { readonly name: string }[]>>;
  readonly primaryType: string;
  readonly message?: Readonly<Record<string, unknown>>;
};

function textOfMessage(message: SignableMessage): string {
  if (typeof message === "string") return message;
  return typeof message.raw === "string"
    ? fromHex(message.raw, "string")
    : new TextDecoder().decode(message.raw);
}
