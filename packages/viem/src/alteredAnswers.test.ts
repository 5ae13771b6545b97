import { SignError } from "@sigil/astrotrain";
import { figure, rounds } from "@sigil/testing/promises";
import { address, deviceSign, secp256k1Device } from "@sigil/testing/secp256k1Device";
import { signingClient } from "@sigil/testing/signingClient";
import { type Call, tellAltered } from "@sigil/testing/tellAltered";
import type { BaseError } from "viem";
import { expect, test } from "vitest";
import { oracle } from "../test/appliance.js";
import { SigilAccountError } from "./SigilAccountError.js";
import { toSigilAccount } from "./toSigilAccount.js";

const hashOf = (n: number) => `0x${n.toString(16).padStart(64, "0")}` as const;
const order = (n: number) =>
  ({ types: { A: [{ name: "a", type: "uint256" }] }, primaryType: "A", message: { a: BigInt(n) } }) as const;

const calls: readonly [Call, ...Call[]] = [
  (client, n) => toSigilAccount({ client, address }).sign({ hash: hashOf(n) }),
  (client, n) => toSigilAccount({ client, address }).signMessage({ message: `${n}` }),
  (client, n) => toSigilAccount({ client, address }).signTypedData(order(n)),
  (client, n) => toSigilAccount({ client, address }).signAuthorization({ address, chainId: 1, nonce: n }),
  (client, n) =>
    toSigilAccount({ client, address }).signTransaction({ type: "eip1559", chainId: 1, nonce: n }),
];

const isMismatch = (error: unknown): boolean => {
  if (!(error instanceof SigilAccountError)) return false;
  const cause = (error as BaseError).walk((each) => each instanceof SignError);
  return cause instanceof SignError && cause.kind === "signature_mismatch" && cause.party === "device";
};

test("R20: 10,000 altered device answers, a quarter of them told to viem, none returned", {
  timeout: 300_000,
}, async () => {
  const outcome = await tellAltered(secp256k1Device, calls, rounds(2500), isMismatch);
  const { told, kinds, returned, otherErrors } = outcome;
  figure("R20", `viem: ${told} altered answers of ${kinds.size} kinds, ${returned.length} returned`);
  expect(returned).toEqual([]);
  expect(otherErrors).toEqual([]);
  expect([...kinds].sort()).toEqual(["bit", "key", "payload", "stale", "swapped"]);
});

test("R20: whatever v says, what is returned is the honest signature", { timeout: 60_000 }, async () => {
  let returned = 0;
  for (let v = 0; v < 256; v++) {
    const { client } = signingClient((payload) => new Uint8Array([...deviceSign(payload).slice(0, 64), v]));
    const signature = await toSigilAccount({ client, address }).sign({ hash: hashOf(v) });
    expect(signature).toBe(await oracle.sign({ hash: hashOf(v) }));
    returned++;
  }
  figure("R20", `viem: ${returned} values of v, each time the honest signature`);
});
