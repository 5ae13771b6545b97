import { AstrotrainClient, revokePairing, SignError } from "@sigil/astrotrain";
import type { SigilAccount } from "@sigil/viem";
import { BaseError, TransactionExecutionError, UserRejectedRequestError } from "viem";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Chain, freshAddress, pair, type Sigil, startChain, startSigil } from "../setUp.js";

let chain: Chain;
let sigil: Sigil;

beforeAll(async () => {
  [chain, sigil] = await Promise.all([startChain(), startSigil()]);
});

beforeEach(() => {
  sigil.phone.decision = "approve";
});

afterAll(() => Promise.all([chain?.stop(), sigil?.stop()]));

const to = freshAddress();
const send = (account: SigilAccount) => chain.walletFor(account).sendTransaction({ to, value: 1n });

/** Sends, expects a failure, and proves that the chain saw nothing of it. */
async function refused(sending: () => Promise<unknown>, { address }: SigilAccount): Promise<BaseError> {
  await chain.fund(address);
  const state = async () => ({
    nonce: await chain.nonceOf(address),
    balance: await chain.client.getBalance({ address }),
    received: await chain.client.getBalance({ address: to }),
    block: await chain.client.getBlockNumber({ cacheTime: 0 }),
    pool: await chain.client.getTxpoolStatus(),
  });
  const before = await state();
  const error = await sending().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TransactionExecutionError);
  expect(await state()).toEqual(before);
  return error as BaseError;
}

const signErrorIn = (error: BaseError) => error.walk((each) => each instanceof SignError);

test("default: an owner who declines is viem's UserRejectedRequestError", async () => {
  const account = (await pair(sigil)).accountOf(0);
  sigil.phone.decision = "reject";
  const error = await refused(() => send(account), account);
  const rejected = error.walk((each) => each instanceof UserRejectedRequestError);
  expect(rejected).toMatchObject({ code: 4001 });
  expect(signErrorIn(error)).toMatchObject({ kind: "http", status: 403, code: "user_rejected" });

  sigil.phone.decision = "approve";
  const receipt = await chain.mined(await send(account));
  expect(receipt.from).toBe(account.address.toLowerCase());
});

const revocations = {
  "the service provider": async ({ access, pairId }: Awaited<ReturnType<typeof pair>>) => {
    expect(await revokePairing({ ...access, pairId })).toMatchObject({ revoked: true, pair_id: pairId });
  },
  "the owner": ({ pairId }: Awaited<ReturnType<typeof pair>>) => sigil.emulator.appliance.revoke(pairId),
};

describe.each(Object.entries(revocations))("after a revocation by %s", (_, revoke) => {
  test("behavior: nothing is signed any more", async () => {
    const paired = await pair(sigil);
    const account = paired.accountOf(0);
    await chain.fund(account.address);
    await chain.mined(await send(account));
    await revoke(paired);
    const error = await refused(() => send(account), account);
    expect(signErrorIn(error)).toMatchObject({ kind: "http", status: 403, code: "pair_revoked" });
  });

  test("behavior: a request that is waiting ends unsigned", async () => {
    const paired = await pair(sigil);
    const account = paired.accountOf(0);
    sigil.phone.decision = "wait";
    const error = await refused(async () => {
      const sending = send(account);
      // It ends with the revocation, perhaps before that itself is answered.
      sending.catch(() => {});
      const requests = () => sigil.emulator.appliance.requests();
      await expect.poll(async () => (await requests()).length).toBe(1);
      await revoke(paired);
      await sending;
    }, account);
    expect(signErrorIn(error)).toMatchObject({ kind: "http", status: 403, code: "pair_revoked" });
  });
});

describe("another service provider", () => {
  test("behavior: has no signature from an address it is not paired with", async () => {
    const { accountOf, pairId, access } = await pair(sigil);
    const other = sigil.emulator.addSp();
    const client = new AstrotrainClient({ ...access, ...other });
    for (const id of [undefined, pairId]) {
      const account = accountOf(0, { client, pairId: id });
      const error = await refused(() => send(account), account);
      expect(signErrorIn(error)).toMatchObject({ kind: "http", status: 404, code: "not_found" });
    }
  });

  test("behavior: keeps its own pair when the first one's ends", async () => {
    const first = await pair(sigil);
    const second = (await pair(sigil, sigil.emulator.addSp())).accountOf(0);
    await revokePairing({ ...first.access, pairId: first.pairId });
    const account = first.accountOf(0);
    await refused(() => send(account), account);
    expect((await chain.mined(await send(second))).from).toBe(second.address.toLowerCase());
  });
});

test("behavior: a device that signs with another key is found out before anything is sent", async () => {
  const { client, accountOf } = await pair(sigil);
  const other = accountOf(1).address;
  const account = accountOf(0, {
    client: { sign: (request) => client.sign({ ...request, address: other }) },
  });
  const error = await refused(() => send(account), account);
  expect(error).toBeInstanceOf(BaseError);
  expect(signErrorIn(error)).toMatchObject({ kind: "signature_mismatch", party: "device" });
});
