import { SignError } from "@sigil/astrotrain";
import { figure, rounds } from "@sigil/testing/promises";
import { address, secp256k1Device } from "@sigil/testing/secp256k1Device";
import { type Call, tellAltered } from "@sigil/testing/tellAltered";
import { isError } from "ethers";
import { expect, test } from "vitest";
import { SigilSigner } from "./SigilSigner.js";

const calls: readonly [Call, ...Call[]] = [
  (client, n) => new SigilSigner({ client, address }).signMessage(`${n}`),
  (client, n) =>
    new SigilSigner({ client, address }).signTypedData({}, { A: [{ name: "a", type: "uint256" }] }, { a: n }),
  (client, n) => new SigilSigner({ client, address }).authorize({ address, chainId: 1, nonce: n }),
  (client, n) => new SigilSigner({ client, address }).signTransaction({ type: 2, chainId: 1, nonce: n }),
];

const isMismatch = (error: unknown): boolean => {
  if (!isError(error, "BAD_DATA")) return false;
  const { cause } = error as { cause?: unknown };
  return cause instanceof SignError && cause.kind === "signature_mismatch" && cause.party === "device";
};

test("R20: 10,000 altered device answers, a quarter of them told to ethers, none returned", {
  timeout: 300_000,
}, async () => {
  const outcome = await tellAltered(secp256k1Device, calls, rounds(2500), isMismatch);
  const { told, kinds, returned, otherErrors } = outcome;
  figure("R20", `ethers: ${told} altered answers of ${kinds.size} kinds, ${returned.length} returned`);
  expect(returned).toEqual([]);
  expect(otherErrors).toEqual([]);
  expect([...kinds].sort()).toEqual(["bit", "key", "payload", "stale", "swapped"]);
});
