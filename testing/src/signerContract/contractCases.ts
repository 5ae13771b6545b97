import { concurrencyCases } from "./cases/concurrency.js";
import { frozenCases } from "./cases/frozen.js";
import { honestCases } from "./cases/honest.js";
import { inputCases } from "./cases/inputs.js";
import { lyingCases } from "./cases/lies.js";
import { onePromptCases } from "./cases/onePrompt.js";
import { refusalCases } from "./cases/refusals.js";
import { revocationCases } from "./cases/revocation.js";
import { secretCases } from "./cases/secrets.js";
import { waitingCases } from "./cases/waiting.js";
import type { ContractCase, SignerContract } from "./SignerContract.js";
import type { Tally } from "./tally.js";

/** All that must hold of a remote signer, by subject. */
export const contractCases = <Signer>(
  contract: SignerContract<Signer>,
  tally: Tally,
): Readonly<Record<string, readonly ContractCase[]>> => ({
  "an honest device": honestCases(contract),
  "a lying device": lyingCases(contract, tally),
  refusals: refusalCases(contract),
  "time-outs and aborts": waitingCases(contract),
  "a revoked pair": revocationCases(contract),
  "a frozen signer": frozenCases(contract),
  "concurrent calls": concurrencyCases(contract),
  inputs: inputCases(contract),
  "one prompt a call": onePromptCases(contract),
  secrets: secretCases(contract),
});
