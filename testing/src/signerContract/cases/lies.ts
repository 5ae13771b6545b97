import { expect } from "vitest";
import { isFullRun } from "../../promises.js";
import { signed } from "../answers.js";
import type { Ask } from "../ask.js";
import { kindsOf } from "../causes.js";
import { wrongAnswers } from "../failures.js";
import type { Device } from "../fakeOctane.js";
import { forEachMethod, type MethodUnderTest } from "../forEachMethod.js";
import type { ContractCase, SignerContract } from "../SignerContract.js";
import { honest, outcomeOf, stage } from "../stage.js";
import type { Tally } from "../tally.js";
import { wallets } from "../wallets.js";

/** What a lying device, or whoever stands between, answers is never returned. */
export function lyingCases<Signer>(contract: SignerContract<Signer>, tally: Tally): readonly ContractCase[] {
  const wallet = wallets[contract.algo];
  const lies = wallet.lies(new Uint8Array(32)).map(([lie]) => lie);
  const methods = Object.keys(contract.methods);
  /**
   * Every method is told every kind of lie; of the single bits, of which there are many, each has its share, and a tenth of
   * that in short runs.
   */
  const parts = methods.length * (isFullRun() ? 1 : 10);
  const liesToldTo = ({ name }: MethodUnderTest<Signer>): readonly string[] =>
    lies.filter((lie, i) => !/^bit \d+ /.test(lie) || i % parts === methods.indexOf(name));
  const liesAbout = memoise((payload) => new Map(wallet.lies(payload)));
  const tell = async (method: MethodUnderTest<Signer>, lie: string, device: Device): Promise<void> => {
    const { signer } = await stage(contract, { device });
    const call = method.call(0);
    const outcome = await outcomeOf(call.run(signer));
    tally.tried++;
    if ("output" in outcome) tally.returned.push(`${contract.name}, ${method.name}: ${lie}`);
    expectRefused(outcome, lie);
    expect(call.unsigned?.() ?? true, `${lie}: nothing is signed`).toBe(true);
  };
  /** Where a call asks several times, another one of the answers is the lie each time. */
  const atOne =
    (prompt: number, lie: (ask: Ask) => Response | Promise<Response>): Device =>
    (ask, n) =>
      n === prompt ? lie(ask) : honest(contract)(ask, n);

  return [
    ...forEachMethod(contract, "of the device's lies, none is returned", async (method) => {
      for (const [i, lie] of liesToldTo(method).entries()) {
        const tellIt = (ask: Ask): Response =>
          signed(ask, liesAbout(ask.payload).get(lie) ?? new Uint8Array());
        await tell(method, lie, atOne(i % method.prompts, tellIt));
      }
    }),
    ...forEachMethod(
      contract,
      "answers of the wrong shape, or not to this request, are refused",
      async (method) => {
        for (const [i, [what, answer]] of wrongAnswers.entries()) {
          const tellIt = (ask: Ask) => answer(ask, wallet.sign(ask.payload));
          await tell(method, what, atOne(i % method.prompts, tellIt));
        }
      },
    ),
    ...forEachMethod(contract, "an earlier request's answer is refused", async (method) => {
      const { signer, octane } = await stage(contract);
      const answers: Response[] = [];
      octane.device = async (ask, n) => {
        const answer = await honest(contract)(ask, n);
        answers.push(answer.clone());
        return answer;
      };
      await method.call(1).run(signer);
      octane.device = () => answers[0]?.clone() ?? Response.error();
      const outcome = await outcomeOf(method.call(2).run(signer));
      tally.tried++;
      if ("output" in outcome) tally.returned.push(`${contract.name}, ${method.name}: an earlier answer`);
      expectRefused(outcome, "an earlier answer");
    }),
  ];
}

/**
 * By an error that says what was wrong: a host that happens to stumble over the signature later on is none that checked it, and
 * tells nobody who lied.
 */
function expectRefused(outcome: object, lie: string): void {
  expect(outcome, lie).toHaveProperty("error");
  const { error } = outcome as { error: unknown };
  expect(error, lie).toBeInstanceOf(Error);
  const said = kindsOf(error).filter((kind) => kind === "signature_mismatch" || kind === "deserialise");
  expect(said, `${lie}: signature_mismatch or deserialise is among the causes of ${error}`).not.toEqual([]);
}

/** The same few payloads come again for every lie. */
function memoise<T>(of: (payload: Uint8Array) => T): (payload: Uint8Array) => T {
  const known = new Map<string, T>();
  return (payload) => {
    const key = payload.join();
    const value = known.get(key) ?? of(payload);
    known.set(key, value);
    return value;
  };
}
