import { toBase64Url } from "../encoding/base64url.js";
import type { SignAnswer } from "../link/messages.js";
import { identityOf, type PostCall } from "./call.js";
import { reach } from "./offline.js";
import { Refusal } from "./refusal.js";
import type { SignRequest } from "./signRequest.js";
import type { Pairing } from "./stores/pairings.js";

/** Made once: an abort without a reason makes an error with a stack each time. */
const noLongerAsked = new Error("Nobody waits for this any longer.");

/**
 * Asks the appliance, whose owner decides, for as long as the user may take. Whoever called may be gone by then, and may
 * come back for the answer.
 *
 * @throws Refusal `user_timeout` or `appliance_offline`.
 */
export async function askUser(call: PostCall, pairing: Pairing, request: SignRequest): Promise<SignAnswer> {
  const { octane, sp, requestId } = call;
  const { pair_id, appliance_id } = pairing;
  const asking = new AbortController();
  const stopTimer = octane.clock.later(octane.policy.get().userTimeoutMs, () => asking.abort(userTimeout()));
  const message = {
    request_id: requestId,
    pair_id,
    sp: identityOf(sp),
    sp_user_ref: pairing.sp_user_ref,
    address: request.address,
    ...(request.chain === undefined ? {} : { chain: request.chain }),
    algo: request.algo,
    payload: toBase64Url(request.payload),
  };
  const ids = { request_id: requestId, pair_id, sp_id: sp.id, appliance_id };
  let outcome = "offline";
  octane.emit("sign_requested", ids);
  try {
    const answer = await reach(() => octane.appliances.get(appliance_id).sign(message, asking.signal));
    outcome = answer.kind;
    return answer;
  } catch (error) {
    if (asking.signal.aborted) outcome = "timed_out";
    throw error;
  } finally {
    stopTimer();
    // Where the link went down, the appliance does not go on asking.
    asking.abort(noLongerAsked);
    octane.emit("sign_decided", { ...ids, outcome });
  }
}

function userTimeout(): Refusal {
  return new Refusal("user_timeout", "The user did not decide in time: ask again when the user is there.");
}
