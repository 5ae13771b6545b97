import type { JazzPairOptions } from "../PairFlowOptions.js";
import { refusalOf, toFailure } from "./proxyFailure.js";
import { sessionUrl } from "./sessionUrl.js";

const longestMs = 10_000;
const what = "Cancelling the pairing";

/**
 * Has the proxy end a session, so that its pair is never validated, unless it has ended already: how, its result says.
 * Octane itself has no such call.
 *
 * @throws PairError of kind `network` or `http`: then nobody knows whether the session goes on.
 */
export async function cancelSession(
  { octaneUrl, apiKey }: Pick<JazzPairOptions, "octaneUrl" | "apiKey">,
  sessionId: string,
): Promise<void> {
  try {
    const response = await fetch(sessionUrl(octaneUrl, sessionId, "cancel"), {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: "{}",
      redirect: "error",
      signal: AbortSignal.timeout(longestMs),
    });
    if (!response.ok) throw await refusalOf(response, what);
    await response.body?.cancel();
  } catch (error) {
    throw toFailure(error, what);
  }
}
