import type { SignerCallback } from "@sigil/astrotrain";

export type VaultKey = {
  /** Where Vault or OpenBao is, for instance https://vault.internal:8200. */
  readonly address: string;
  /** The name of a transit key of type ed25519, without derivation. */
  readonly name: string;
  /** A token that is still valid. */
  token(): Promise<string> | string;
  /** Where the transit engine is mounted. */
  readonly mount?: string;
  readonly version?: number;
};

/** The SP's key in the transit engine of HashiCorp Vault or OpenBao. */
export async function vaultSigner(key: VaultKey): Promise<SignerCallback> {
  const { version = 1 } = key;
  const { type, keys } = await ask(key, "keys");
  const publicKey = (keys as Record<string, { public_key?: string }> | undefined)?.[version]?.public_key;
  if (type !== "ed25519" || !publicKey) {
    throw new Error(`${key.name} has no version ${version} of type ed25519; it is of type ${type}.`);
  }
  const prefix = `vault:v${version}:`;
  return {
    publicKey: Buffer.from(publicKey, "base64"),
    sign: async (message) => {
      // With its version, so that a rotation does not change the key before octane knows the new one.
      const body = { input: Buffer.from(message).toString("base64"), key_version: version };
      const { signature } = await ask(key, "sign", body);
      if (typeof signature !== "string" || !signature.startsWith(prefix)) {
        throw new Error(`Vault gave no signature by version ${version} of ${key.name}.`);
      }
      return Buffer.from(signature.slice(prefix.length), "base64");
    },
  };
}

async function ask(key: VaultKey, what: "keys" | "sign", body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${key.address}/v1/${key.mount ?? "transit"}/${what}/${key.name}`, {
    headers: { "x-vault-token": await key.token(), "content-type": "application/json" },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    redirect: "error",
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`Vault answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { data: Record<string, unknown> }).data;
}
