import { describe, test } from "vitest";
import { contractCases } from "./contractCases.js";
import type { SignerContract } from "./SignerContract.js";
import type { Tally } from "./tally.js";

/**
 * Registers the contract of a remote signer as tests: octane is played by a `fetch`, the wallet's keys are the suite's
 * own. Nothing of the signer is known here but what `contract` says, so anyone's can be held to it.
 *
 * @returns How many lies were told and which of them were returned, once the tests have run.
 * @example
 * ```ts
 * const tally = describeSignerContract({
 *   name: "my signer",
 *   algo: "ed25519",
 *   createSigner: ({ address, pairId, ...access }) => new MySigner({ client: new Client(access), address, pairId }),
 *   methods: {
 *     sign: {
 *       call: (n) => {
 *         const bytes = new Uint8Array([n, 2, 3]);
 *         return {
 *           input: bytes,
 *           run: (signer) => signer.sign(bytes),
 *           verify: (signature) => verify(publicKey, new Uint8Array([n, 2, 3]), signature),
 *           change: () => bytes.fill(0),
 *         };
 *       },
 *     },
 *   },
 *   readOnly: ["address"],
 * });
 * ```
 */
export function describeSignerContract<Signer>(contract: SignerContract<Signer>): Tally {
  const tally: Tally = { tried: 0, returned: [] };
  describe(contract.name, () => {
    for (const [subject, cases] of Object.entries(contractCases(contract, tally))) {
      describe(subject, () => {
        for (const { name, run } of cases) test(`behavior: ${name}`, { timeout: 120_000 }, run);
      });
    }
  });
  return tally;
}
