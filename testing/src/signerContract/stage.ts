import { expect } from "vitest";
import { signed } from "./answers.js";
import { type Device, type FakeOctane, fakeOctane } from "./fakeOctane.js";
import { apiKey, octane as octaneKey, serviceProviderSeed } from "./keys.js";
import type { Access, SignerContract } from "./SignerContract.js";
import { wallets } from "./wallets.js";

export type Stage<Signer> = {
  readonly signer: Signer;
  readonly octane: FakeOctane;
  /** What the signer was made from; the case may change it. */
  readonly access: { -readonly [Key in keyof Access]: Access[Key] };
};

export type StageOptions = {
  readonly device?: Device;
  readonly timeoutMs?: number;
  readonly pairId?: string;
};

/** A new signer with an octane of its own, whose device is honest unless said otherwise. */
export async function stage<Signer>(
  contract: SignerContract<Signer>,
  options: StageOptions = {},
): Promise<Stage<Signer>> {
  const { device = honest(contract), timeoutMs = 20_000, pairId = somePairId } = options;
  const octane = fakeOctane(device);
  const access = {
    octaneUrl: "https://octane.test/octane",
    apiKey,
    privateKeySeed: serviceProviderSeed.slice(),
    octanePublicKey: octaneKey.publicKey.slice(),
    fetch: octane.fetch,
    timeoutMs,
    address: wallets[contract.algo].address,
    pairId,
  };
  return { signer: await contract.createSigner(access), octane, access };
}

export const somePairId = "018f3a1c-5b7e-7c11-9d20-3f4f4f0a0001";
export const anotherPairId = "018f3a1c-5b7e-7c11-9d20-3f4f4f0a0002";

/** Approves at once. */
export const honest =
  ({ algo }: Pick<SignerContract<unknown>, "algo">): Device =>
  ({ payload, ...ask }) =>
    signed({ payload, ...ask }, wallets[algo].sign(payload));

/** Looks at each request and never decides. */
export const silent: Device = () => new Promise(() => {});

/** The error that a call rejects with; fails when it resolves. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await outcomeOf(promise);
  expect(outcome, "the call should have been rejected").toHaveProperty("error");
  return (outcome as { error: unknown }).error;
}

/** How a call ends; fails when it does not, long after every time-out here. */
export async function outcomeOf(
  promise: Promise<unknown>,
): Promise<{ output: unknown } | { error: unknown }> {
  const outcome = promise.then(
    (output) => ({ output }),
    (error: unknown) => ({ error }),
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The call neither resolved nor rejected.")), 5_000);
  });
  return Promise.race([outcome, late]).finally(() => clearTimeout(timer));
}

/** Waits, as short as can be, until something holds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 2000 && !holds(); i++) await pause(1);
  expect(holds(), "waited in vain").toBe(true);
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
