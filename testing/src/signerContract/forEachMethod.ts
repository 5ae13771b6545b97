import type { ContractCase, SignerContract, SignerMethod } from "./SignerContract.js";

export type MethodUnderTest<Signer> = Required<Omit<SignerMethod<Signer>, "changed">> & {
  readonly name: string;
  readonly changed: NonNullable<SignerMethod<Signer>["changed"]>;
};

/** The contract's methods with their defaults filled in. */
export const methodsOf = <Signer>({ methods }: SignerContract<Signer>): readonly MethodUnderTest<Signer>[] =>
  Object.entries(methods).map(([name, method]) => ({
    name,
    prompts: 1,
    abortable: false,
    changed: "signed as it was",
    ...method,
  }));

/** One case for each method. */
export const forEachMethod = <Signer>(
  contract: SignerContract<Signer>,
  name: string,
  run: (method: MethodUnderTest<Signer>) => Promise<void>,
): readonly ContractCase[] =>
  methodsOf(contract).map((method) => ({ name: `${method.name}: ${name}`, run: () => run(method) }));
