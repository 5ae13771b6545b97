import { toBase64Url } from "../encoding/base64url.js";
import { onAbort } from "../internal/abort.js";
import { later } from "../internal/timer.js";
import type { SignAnswer } from "../link/messages.js";
import type { PostCall } from "./call.js";
import { reach } from "./offline.js";
import { Refusal } from "./refusal.js";
import type { SignRequest } from "./signRequest.js";
import type { Pairing } from "./stores/pairings.js";

/**
 * Asks the appliance, whose owner decides. The request is withdrawn from it when the caller has gone or the user's time
 * is up.
 *
 * @throws Refusal `user_timeout` or `appliance_offline`.
 */
export async function askUser(call: PostCall, pairing: Pairing, request: SignRequest): Promise<SignAnswer> {
  const { octane, sp, requestId } = call;
  const asking = new AbortController();
  let timedOut = false;
  const stopTimer = later(octane.userTimeoutMs, () => {
    timedOut = true;
    asking.abort();
  });
  const stopListening = onAbort(call.signal, () => asking.abort());
  const message = {
    request_id: requestId,
    pair_id: pairing.pair_id,
    sp: { name: sp.name, public_key: toBase64Url(sp.publicKey) },
    sp_user_ref: pairing.sp_user_ref,
    address: request.address,
    ...(request.chain === undefined ? {} : { chain: request.chain }),
    algo: request.algo,
    payload: toBase64Url(request.payload),
  };
  try {
    const answer = await reach(octane.appliance.sign(message, asking.signal));
    if (!timedOut) return answer;
  } finally {
    stopTimer();
    stopListening();
  }
  throw new Refusal("user_timeout", "The user did not decide in time: ask again when the user is there.");
}
