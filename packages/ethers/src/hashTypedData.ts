import { requireFreshTypedData, snapshotData } from "@sigil/evm";
import { assert, type Provider, type TypedDataDomain, TypedDataEncoder, type TypedDataField } from "ethers";

export type TypedData = {
  readonly domain: TypedDataDomain;
  readonly types: Record<string, TypedDataField[]>;
  readonly value: Record<string, unknown>;
};

/** The EIP-712 hash, names resolved by the provider, of a copy that is taken before the first wait. */
export async function hashTypedData(
  typedData: TypedData,
  provider: null | Provider,
  requireFreshness: boolean,
): Promise<string> {
  const { domain, types, value } = snapshotData(typedData);
  if (requireFreshness) requireFreshTypedData(types[TypedDataEncoder.getPrimaryType(types)] ?? [], value);
  const populated = await TypedDataEncoder.resolveNames(domain, types, value, async (name) => {
    assert(provider != null, "cannot resolve ENS names without a provider", "UNSUPPORTED_OPERATION", {
      operation: "resolveName",
      info: { name },
    });
    const address = await provider.resolveName(name);
    assert(address != null, "unconfigured ENS name", "UNCONFIGURED_NAME", { value: name });
    return address;
  });
  return TypedDataEncoder.hash(populated.domain, types, populated.value);
}
