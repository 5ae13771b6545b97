import { describe, expect, test } from "vitest";
import { ed25519PublicKey } from "../ed25519Device.js";
import { isFullRun } from "../promises.js";
import { contractCases } from "./contractCases.js";
import { describeSignerContract } from "./describeSignerContract.js";
import { verifyEd25519 } from "./ed25519.js";
import type { Fault } from "./faulty/askOctane.js";
import { type FaultySigner, faultySigner } from "./faulty/faultySigner.js";
import type { ContractCase, SignerCall, SignerContract } from "./SignerContract.js";
import type { Tally } from "./tally.js";

const bytesOf = (n: number): Uint8Array => new Uint8Array([n, 1, 2, 3]);
const signedBy = (n: number, signature: Uint8Array | undefined): boolean =>
  signature !== undefined && verifyEd25519(signature, bytesOf(n), ed25519PublicKey);

function sign(n: number): SignerCall<FaultySigner, Uint8Array> {
  const input = bytesOf(n);
  return {
    input,
    run: (signer, signal) => signer.sign(input, signal),
    verify: (signature) => signedBy(n, signature),
    change: () => input.fill(0),
  };
}

function signAll(n: number): SignerCall<FaultySigner, readonly Uint8Array[]> {
  const input = [bytesOf(2 * n), bytesOf(2 * n + 1)];
  return {
    input,
    run: (signer, signal) => signer.signAll(input, signal),
    verify: (signatures) => [0, 1].every((i) => signedBy(2 * n + i, signatures[i])),
    change: () => input[1]?.fill(0),
  };
}

const contractOf = (fault?: Fault): SignerContract<FaultySigner> => ({
  name: fault ?? "a signer without fault",
  algo: "ed25519",
  createSigner: (access) => faultySigner(access, fault),
  methods: {
    sign: { call: sign, abortable: true },
    signAll: { call: signAll, abortable: true, prompts: 2 },
  },
  readOnly: ["address", "sign", "signAll"],
});

describeSignerContract(contractOf());

/** The subjects under which a fault is found. */
const found: Readonly<Record<Fault, readonly string[]>> = {
  "does not verify": ["a lying device", "secrets"],
  "does not verify octane": ["a lying device", "secrets"],
  "does not say what was wrong": ["a lying device"],
  "takes any sp_signature": ["a lying device", "secrets"],
  "tries again": ["refusals", "time-outs and aborts", "a revoked pair", "one prompt a call"],
  "follows redirects": ["one prompt a call"],
  "shares state": ["concurrent calls"],
  "keeps the caller's bytes": ["inputs"],
  "copies a moment late": ["inputs"],
  "changes the caller's bytes": ["inputs"],
  "keeps the options": ["a frozen signer"],
  "forgets the pair": ["an honest device", "a frozen signer", "concurrent calls"],
  "uses one idempotency key": ["an honest device"],
  "shows the key": ["secrets"],
  "shows the seed in a cause": ["secrets"],
  logs: ["secrets"],
  "drops the code": ["refusals", "time-outs and aborts", "a revoked pair"],
  "ignores the signal": ["time-outs and aborts"],
  "ignores the time-out": ["time-outs and aborts", "secrets"],
  "lets itself be changed": ["a frozen signer"],
  "asks on after a refusal": ["refusals", "time-outs and aborts", "a revoked pair", "one prompt a call"],
};

describe("a signer's fault is found: it", () => {
  test.each(Object.entries(found))("behavior: %s", { timeout: 120_000 }, async (fault, subjects) => {
    const cases = contractCases(contractOf(fault as Fault), { tried: 0, returned: [] });
    const failed: string[] = [];
    for (const [subject, each] of Object.entries(cases)) {
      // That it isn't found under the other subjects takes most of the time, and is left to full runs.
      if ((isFullRun() || subjects.includes(subject)) && (await fails(each))) failed.push(subject);
    }
    expect(failed).toEqual(subjects);
  });

  test("behavior: what it returned of the lies is counted, and named", async () => {
    const tally: Tally = { tried: 0, returned: [] };
    const cases = contractCases(contractOf("does not verify"), tally);
    expect(await fails(cases["a lying device"] ?? [])).toBe(true);
    expect(tally.returned).toContain("does not verify, sign: by another key");
    expect(tally.tried).toBeGreaterThanOrEqual(tally.returned.length);
  });
});

async function fails(cases: readonly ContractCase[]): Promise<boolean> {
  for (const { run } of cases) {
    try {
      await run();
    } catch {
      return true;
    }
  }
  return false;
}
