import { isFullRun } from "../promises.js";
import { methodsOf } from "./forEachMethod.js";
import type { SignerContract } from "./SignerContract.js";

/** How many methods share what each of them is tried with in full runs. */
const sharers = 6;

/**
 * What a method is tried with: all of `items` in full runs and where they are few. In the ordinary suite every sixth, each
 * method beginning at another one, so that between them the signer's methods meet all.
 */
export function shareOf<Signer, Item>(
  contract: SignerContract<Signer>,
  method: string,
  items: readonly Item[],
): readonly Item[] {
  const methods = methodsOf(contract).map(({ name }) => name);
  const parts = isFullRun() || items.length < sharers ? 1 : Math.min(sharers, methods.length);
  return items.filter((_, i) => i % parts === methods.indexOf(method) % parts);
}
