import { AstrotrainClient, revokePairing, SignError } from "@sigil/astrotrain";
import { SigilSigner } from "@sigil/ethers";
import { isError } from "ethers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshAddress, pair } from "../setUp.js";
import { type Ethers, mined, startEthers } from "./startEthers.js";

let ethers: Ethers;

beforeAll(async () => {
  ethers = await startEthers();
});

beforeEach(() => {
  ethers.sigil.phone.decision = "approve";
});

afterAll(() => ethers?.stop());

const to = freshAddress();

/** Sends, expects a failure, and proves that the chain saw nothing of it. */
async function refused(sending: () => Promise<unknown>): Promise<Error> {
  const { chain, owner, provider } = ethers;
  const state = async () => ({
    nonces: await Promise.all([owner.getNonce(), owner.getNonce("pending")]),
    balance: await provider.getBalance(owner),
    received: await provider.getBalance(to),
    block: await provider.getBlockNumber(),
    pool: await chain.client.getTxpoolStatus(),
  });
  const before = await state();
  const error = await sending().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  expect(await state()).toEqual(before);
  return error as Error;
}

const newlyPaired = async () => {
  const paired = await pair(ethers.sigil);
  const [signer] = SigilSigner.fromWallets(paired, ethers.provider);
  if (signer === undefined) throw new Error("The pair has no wallets.");
  return { ...paired, signer, send: () => signer.sendTransaction({ to, value: 1n }) };
};

test("default: an owner who declines is ACTION_REJECTED, and may approve the next", async () => {
  const { signer, send } = await newlyPaired();
  ethers.sigil.phone.decision = "reject";
  const error = await refused(send);
  expect(isError(error, "ACTION_REJECTED")).toBe(true);
  expect(error).toMatchObject({ action: "signTransaction", reason: "rejected" });
  expect(error.cause).toBeInstanceOf(SignError);
  expect(error.cause).toMatchObject({ kind: "http", status: 403, code: "user_rejected" });

  ethers.sigil.phone.decision = "approve";
  expect((await mined(send())).from).toBe(signer.address);
});

const revocations = {
  "the service provider": async ({ access, pairId }: Awaited<ReturnType<typeof pair>>) => {
    expect(await revokePairing({ ...access, pairId })).toMatchObject({ revoked: true, pair_id: pairId });
  },
  "the owner": ({ pairId }: Awaited<ReturnType<typeof pair>>) =>
    ethers.sigil.emulator.appliance.revoke(pairId),
};

describe.each(Object.entries(revocations))("after a revocation by %s", (_, revoke) => {
  test("behavior: nothing is signed any more", async () => {
    const paired = await newlyPaired();
    await mined(paired.send());
    await revoke(paired);
    const error = await refused(paired.send);
    expect(isError(error, "ACTION_REJECTED")).toBe(false);
    expect(error).toMatchObject({
      code: "SERVER_ERROR",
      cause: { kind: "http", status: 403, code: "pair_revoked" },
    });
  });

  test("behavior: a request that is waiting ends unsigned", async () => {
    const paired = await newlyPaired();
    ethers.sigil.phone.decision = "wait";
    const error = await refused(async () => {
      const sending = paired.send();
      // It ends with the revocation, perhaps before that itself is answered.
      sending.catch(() => {});
      const requests = () => ethers.sigil.emulator.appliance.requests();
      await expect.poll(async () => (await requests()).length).toBe(1);
      await revoke(paired);
      await sending;
    });
    expect(error).toMatchObject({ code: "SERVER_ERROR", cause: { code: "pair_revoked" } });
  });
});

test("behavior: another service provider has no signature from an address it is not paired with", async () => {
  const { access, pairId, signer } = await newlyPaired();
  const client = new AstrotrainClient({ ...access, ...ethers.sigil.emulator.addSp() });
  for (const id of [undefined, pairId]) {
    const stranger = new SigilSigner({ client, address: signer.address, pairId: id }, ethers.provider);
    const error = await refused(() => stranger.sendTransaction({ to, value: 1n }));
    expect(error).toMatchObject({ cause: { kind: "http", status: 404, code: "not_found" } });
  }
});

test("behavior: a device that signs with another key is found out before anything is sent", async () => {
  const { client, pairId, signer } = await newlyPaired();
  const address = ethers.other.address;
  const lying = new SigilSigner(
    {
      client: { sign: (request) => client.sign({ ...request, address }) },
      address: signer.address,
      pairId,
    },
    ethers.provider,
  );
  const error = await refused(() => lying.sendTransaction({ to, value: 1n }));
  expect(error).toMatchObject({ code: "BAD_DATA", cause: { kind: "signature_mismatch", party: "device" } });
});
