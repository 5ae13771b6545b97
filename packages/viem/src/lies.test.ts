import { AstrotrainClient, b64uToBytes, bytesToB64u, SignError } from "@sigil/astrotrain";
import { createEmulator } from "@sigil/emulator";
import { address, deviceLies, deviceSign, forms, privateKey } from "@sigil/testing/secp256k1Device";
import { BaseError } from "viem";
import { beforeAll, describe, expect, test } from "vitest";
import { oracle } from "../test/appliance.js";
import { pair } from "../test/pair.js";
import { type SigilAccount, toSigilAccount } from "./toSigilAccount.js";

const emulator = createEmulator();
let pairId: string;
beforeAll(async () => {
  emulator.appliance.importKey({ chain: "ethereum", privateKey });
  pairId = await pair(emulator);
});

type Answer = Record<string, string>;

/** An account whose octane changes each answer to a sign request on its way back. */
function accountWith(change: (answer: Answer, digest: Uint8Array) => Answer): SigilAccount {
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const response = await emulator.fetch(input, init);
    const { payload } = JSON.parse(String(init?.body)) as Answer;
    return Response.json(change((await response.json()) as Answer, b64uToBytes(payload ?? "")), response);
  };
  const { apiKey, privateKeySeed, octanePublicKey } = emulator.sp;
  const octaneUrl = "https://octane.example";
  const client = new AstrotrainClient({ octaneUrl, apiKey, privateKeySeed, octanePublicKey, fetch });
  return toSigilAccount({ client, address, pairId });
}

const methods: Readonly<Record<string, (account: SigilAccount) => Promise<unknown>>> = {
  sign: (account) => account.sign({ hash: `0x${"07".repeat(32)}` }),
  signMessage: (account) => account.signMessage({ message: "hello" }),
  signTypedData: (account) =>
    account.signTypedData({
      types: { A: [{ name: "a", type: "uint8" }] },
      primaryType: "A",
      message: { a: 1 },
    }),
  signAuthorization: (account) => account.signAuthorization({ address, chainId: 1, nonce: 0 }),
  signTransaction: (account) => account.signTransaction({ type: "eip1559", chainId: 1, maxFeePerGas: 1n }),
};

const lies = deviceLies(new Uint8Array(32)).map(([lie]) => lie);

/** Each method has one payload, which comes again for every lie. */
const known = new Map<string, ReadonlyMap<string, Uint8Array>>();
function lieAbout(digest: Uint8Array, lie: string): Uint8Array {
  const key = digest.join();
  const all = known.get(key) ?? new Map(deviceLies(digest));
  known.set(key, all);
  return all.get(lie) ?? new Uint8Array();
}

/** Every method is told every kind of lie; of the single bits, of which there are many, each has its share. */
const shareOf = (method: string): readonly string[] => {
  const names = Object.keys(methods);
  return lies.filter((lie, i) => !/^bit \d+ /.test(lie) || i % names.length === names.indexOf(method));
};

describe.each(Object.entries(methods))("%s", (method, run) => {
  test("behavior: of the lies about the device's signature, none is returned", {
    timeout: 60_000,
  }, async () => {
    let returned = 0;
    for (const lie of shareOf(method)) {
      const account = accountWith((answer, digest) => ({
        ...answer,
        device_signature: bytesToB64u(lieAbout(digest, lie)),
      }));
      const error = await run(account).then(
        () => returned++,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(BaseError);
      expect((error as BaseError).walk((each) => each instanceof SignError)).toMatchObject({
        kind: expect.stringMatching(/^(signature_mismatch|deserialise)$/),
      });
    }
    expect(returned).toBe(0);
  });

  test("behavior: an answer to another request is refused", async () => {
    const earlier: Answer[] = [];
    const account = accountWith((answer) => {
      earlier.push(answer);
      return earlier[0] ?? answer;
    });
    await account.signMessage({ message: "something else" });
    await expect(run(account)).rejects.toBeInstanceOf(BaseError);
  });

  test("behavior: a wrong v, or none, and a high s do no harm", async () => {
    const honest = await run(oracle as unknown as SigilAccount);
    const account = accountWith((answer) => answer);
    expect(await run(account)).toEqual(honest);
    for (const form of forms) {
      const changed = accountWith((answer, digest) => ({
        ...answer,
        device_signature: bytesToB64u(deviceSign(digest, form)),
      }));
      expect(await run(changed)).toEqual(honest);
    }
  });
});
