import { type Altered, alteredAnswers, type Device, swappingClient } from "./alteredAnswers.js";
import { signingClient } from "./signingClient.js";

type Client = ReturnType<typeof signingClient>["client"];

/** Has a signer of this client sign something of its own for each `n`. */
export type Call = (client: Client, n: number) => Promise<unknown>;

/** What became of them: how many were told, of which kinds, and what was returned or had another error. */
export type Outcome = {
  told: number;
  readonly kinds: Set<string>;
  readonly returned: string[];
  readonly otherErrors: unknown[];
};

/**
 * Tells each of `calls` in turn an altered answer, and every twentieth time a pair of them each other's, `count` answers
 * in all. None may be returned, and each error has to be what `isMismatch` knows. Halfway one honest answer is told, which
 * the signer has to take: from then on it may know the device's key, and check by it.
 */
export async function tellAltered(
  device: Device,
  calls: readonly [Call, ...Call[]],
  count: number,
  isMismatch: (error: unknown) => boolean,
): Promise<Outcome> {
  const outcome: Outcome = { told: 0, kinds: new Set(), returned: [], otherErrors: [] };
  const tell = teller(device, calls, outcome, isMismatch);
  let n = 0;
  for (; outcome.told < count / 2; n++) await tell(n);
  await calls[0](signingClient(device.sign).client, n);
  for (; outcome.told < count; n++) await tell(n);
  return outcome;
}

/** Tells the n-th lie, or the n-th and one more, and keeps what became of it. */
function teller(
  device: Device,
  calls: readonly Call[],
  outcome: Outcome,
  isMismatch: (error: unknown) => boolean,
) {
  const alter = alteredAnswers(device);
  const settle = async (kind: Altered[0] | "swapped", promise: Promise<unknown>): Promise<void> => {
    outcome.told++;
    outcome.kinds.add(kind);
    await promise.then(
      () => outcome.returned.push(kind),
      (error: unknown) => isMismatch(error) || outcome.otherErrors.push(error),
    );
  };
  return async (n: number): Promise<void> => {
    // By its own counter: the kinds of change go round in tens, and each method has to see all of them.
    const call = calls[Math.floor(n / 10) % calls.length] as Call;
    if (n % 20 === 19) {
      const client = swappingClient(device);
      await Promise.all([settle("swapped", call(client, n)), settle("swapped", call(client, n + 1))]);
    }
    let kind: Altered[0] = "bit";
    const { client } = signingClient((payload) => {
      const [change, answer] = alter(n, payload);
      kind = change;
      return answer;
    });
    const promise = call(client, n);
    await promise.catch(() => {});
    await settle(kind, promise);
  };
}
