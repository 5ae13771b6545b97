// A key that was stored before: what README.md says of asking again from another process.
import { AstrotrainClient } from "@sigil/astrotrain";
import type { SigningClient } from "@sigil/astrotrain/adapter";
import { createEmulator } from "@sigil/emulator";
import { address, privateKey } from "@sigil/testing/secp256k1Device";
import { expect, test } from "vitest";
import { clientOf, oracle } from "../test/appliance.js";
import { pair } from "../test/pair.js";
import { toSigilAccount } from "./toSigilAccount.js";

const idempotencyKey = "order-42";
const keyed = (client: SigningClient): SigningClient => ({
  sign: (options) => client.sign({ ...options, idempotencyKey }),
});

test("default: another process with the stored key gets the first answer, and nobody is asked twice", async () => {
  let prompts = 0;
  const emulator = createEmulator({
    approval: () => {
      prompts++;
      return "approve";
    },
  });
  emulator.appliance.importKey({ chain: "ethereum", privateKey });
  const pairId = await pair(emulator);
  // The pairing was one.
  prompts = 0;
  // Another client remembers nothing of what this one has asked, as another process.
  const another = () =>
    new AstrotrainClient({ ...emulator.sp, octaneUrl: "https://octane.example", fetch: emulator.fetch });
  const transaction = { type: "eip1559", chainId: 1, nonce: 7, to: address, gas: 21_000n } as const;
  const sign = (client: SigningClient) =>
    toSigilAccount({ client, address, pairId }).signTransaction(transaction);
  const expected = await oracle.signTransaction(transaction);
  expect([await sign(keyed(another())), await sign(keyed(another()))]).toEqual([expected, expected]);
  expect(prompts).toBe(1);
  expect(await sign(another())).toBe(expected);
  expect(prompts).toBe(2);
});

test("behavior: what comes back is verified all the same", async () => {
  const { client } = clientOf();
  const liar: SigningClient = {
    sign: (options) => client.sign({ ...options, payload: options.payload.map((byte) => byte ^ 1) }),
  };
  const account = toSigilAccount({ client: keyed(liar), address });
  await expect(account.signMessage({ message: "hello" })).rejects.toMatchObject({
    cause: { kind: "signature_mismatch", party: "device" },
  });
});
