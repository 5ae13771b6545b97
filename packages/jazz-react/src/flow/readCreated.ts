import { PairError } from "@sigil/astrotrain/pairing";
import type { CreatedSession } from "../PairFlowOptions.js";
import { refusalOf } from "./proxyFailure.js";

const what = "createSession";

/**
 * What `createSession` gave, or what the server's answer holds that it gave: that is read here, its status first.
 *
 * @throws PairError of kind `http` where the server refused, `deserialise` where it answered with something else than JSON.
 */
export async function readCreated(given: CreatedSession | Response): Promise<CreatedSession> {
  if (!(given instanceof Response)) return given;
  if (given.bodyUsed)
    throw wrong("gave a response that was read already: give it as it came, or what it holds.");
  if (!given.ok) throw await refusalOf(given, what);
  const text = await given.text();
  try {
    return JSON.parse(text) as CreatedSession;
  } catch (cause) {
    throw wrong(
      `got an answer of status ${given.status} that is no JSON. Does it come from the proxy?`,
      cause,
    );
  }
}

const wrong = (how: string, cause: unknown = new TypeError(how)): PairError =>
  new PairError(`${what} ${how}`, { kind: "deserialise", cause });
