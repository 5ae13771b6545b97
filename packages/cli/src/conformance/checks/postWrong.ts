import type { Answer } from "../Answer.js";
import type { Probe } from "../Probe.js";
import { wrongCode } from "../pairings.js";
import { postCode } from "../requests.js";

/** So many wrong codes, one after another. */
export async function postWrong(
  octane: Probe,
  pairId: string,
  code: string,
  times: number,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let by = 1; by <= times; by += 1) answers.push(await postCode(octane, pairId, wrongCode(code, by)));
  return answers;
}
