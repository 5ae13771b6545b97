import { readFileSync } from "node:fs";
import { note } from "@sigil/testing/note";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { vaultSigner } from "../../examples/kms/vaultSigner.js";
import { signsThrough } from "./signsThrough.js";
import { policy, startVault, type Vault } from "./startVault.js";

let vault: Vault;

beforeAll(async () => {
  vault = await startVault();
  const { version = "a stand-in; put vault or bao on PATH, or set VAULT_PATH, to have the real one" } = vault;
  note(`the recipe for Vault ran on ${version}`);
});

afterAll(() => vault.stop());

const signerOf = (name = "sp", token = vault.token) =>
  vaultSigner({ address: vault.address, name, token: () => token });

describe("vaultSigner", () => {
  test("default: octane accepts what Vault signed, with a token that may do no more than the doc says", async () => {
    expect(readFileSync(new URL("../../docs/kms.md", import.meta.url), "utf8")).toContain(policy);
    expect((await signsThrough(await signerOf())).device_signature).toHaveLength(86);
  });

  test("behavior: the public key is the raw 32 bytes", async () => {
    expect((await signerOf()).publicKey).toHaveLength(32);
  });

  test("behavior: a rotation in Vault changes nothing until a signer is made for the new version", async () => {
    const signer = await signerOf();
    await vault.rotate();
    await signsThrough(signer);
    const { address, token } = vault;
    const next = await vaultSigner({ address, name: "sp", token: () => token, version: 2 });
    expect(next.publicKey).not.toEqual(signer.publicKey);
    await signsThrough(next);
  });

  test("behavior: a key of another type, and a version that is not there, are refused at once", async () => {
    await expect(signerOf("other")).rejects.toThrow(
      "other has no version 1 of type ed25519; it is of type ecdsa-p256.",
    );
    const { address, token } = vault;
    await expect(vaultSigner({ address, name: "sp", token: () => token, version: 9 })).rejects.toThrow(
      "no version 9",
    );
  });

  test("behavior: what Vault refuses says why, without the token", async () => {
    const error = await signerOf("sp", "token-of-nobody").catch((error: unknown) => error);
    expect(String(error)).toContain("Vault answered 403");
    expect(String(error)).not.toContain("token-of-nobody");
  });
});
