import { getAddressDecoder } from "@solana/kit";
import type { TransactionMetadata } from "litesvm";
import { encodeBytes } from "./bytes.js";

/** What the last program returned, as a property to spread: no property if it returned nothing. */
export function toReturnData(meta: TransactionMetadata | undefined): { readonly returnData?: object } {
  const data = meta?.returnData().data() ?? new Uint8Array();
  if (meta === undefined || data.length === 0) return {};
  const programId = getAddressDecoder().decode(meta.returnData().programId());
  return { returnData: { programId, data: encodeBytes(data, "base64") } };
}
