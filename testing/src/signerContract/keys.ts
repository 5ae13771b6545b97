import { createHash } from "node:crypto";
import { type Ed25519Key, ed25519Key } from "./ed25519.js";

const seedOf = (name: string): Uint8Array => new Uint8Array(createHash("sha256").update(name).digest());

/** Test keys that everyone may know. Not of one repeated byte, so that a trace of them is not met by chance. */
export const apiKey = "contract-test-api-key-5f1d7c";
export const serviceProviderSeed: Uint8Array = seedOf("the contract suite's service provider");
export const serviceProvider: Ed25519Key = ed25519Key(serviceProviderSeed);
export const octane: Ed25519Key = ed25519Key(seedOf("the contract suite's octane"));
