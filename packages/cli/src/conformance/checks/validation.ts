import { allRefused, answered, refused } from "../Answer.js";
import { decode, decodeAnyhow, utf8 } from "../bytes.js";
import { type Check, checksOf } from "../Check.js";
import { isByEd25519Key } from "../device.js";
import { isBytes } from "../forms.js";
import { activation, activePairing, pairing, wrongCode } from "../pairings.js";
import { pairingPath, postCode } from "../requests.js";
import { all, holds, untried } from "../Verdict.js";
import { postWrong } from "./postWrong.js";
import { replayed } from "./streams.js";

/** Validation codes, right and wrong. */
export const validation: readonly Check[] = [
  ...checksOf("Pairing", [
    [
      "validate.wrong-403",
      "A wrong code is 403 wrong_validation_code.",
      async (octane) => {
        const { pair_id, code } = await pairing(octane, "main");
        return refused(await postCode(octane, pair_id, wrongCode(code)), 403, "wrong_validation_code");
      },
    ],
    [
      "validate.right-200",
      "The right code is 200 with a signature of 64 bytes.",
      async (octane) => {
        const answer = await activation(octane, "main");
        return all(answered(answer, 200), isBytes("signature", answer.body.signature, 64));
      },
    ],
    [
      "validate.signature",
      "The signature is the appliance's, Ed25519 over the code's UTF-8 bytes.",
      async (octane) => {
        const { code } = await activePairing(octane, "main");
        const { signature, device_public_key } = (await activation(octane, "main")).body;
        const key = decode(device_public_key);
        if (key === undefined) return untried("the answer names no device_public_key");
        const by = isByEd25519Key(key, utf8(code), decodeAnyhow(signature));
        return holds(by, "a signature by device_public_key over the code", signature);
      },
    ],
    [
      "validate.again",
      "The right code again is signed again.",
      async (octane) => {
        const { pair_id, code } = await activePairing(octane, "main");
        const answer = await postCode(octane, pair_id, code);
        return all(answered(answer, 200), isBytes("signature", answer.body.signature, 64));
      },
    ],
    [
      "validate.wrong-no-longer-counts",
      "Once a right code has been given, three wrong ones are 403 and change nothing.",
      async (octane) => {
        const { pair_id, code } = await activePairing(octane, "main");
        const answers = await postWrong(octane, pair_id, code, 3);
        const right = await postCode(octane, pair_id, code);
        return all(allRefused(answers, 403, "wrong_validation_code"), answered(right, 200));
      },
    ],
    [
      "validate.three-wrong",
      "The third wrong code in a row revokes the pairing.",
      async (octane) => {
        const { pair_id, code } = await pairing(octane, "wrong");
        const answers = await octane.once("three wrong", () => postWrong(octane, pair_id, code, 3));
        const right = await postCode(octane, pair_id, code);
        return all(allRefused(answers, 403, "wrong_validation_code"), refused(right, 403, "pair_revoked"));
      },
    ],
    [
      "validate.three-wrong-event",
      "A pairing revoked by wrong codes says so to whoever watches it.",
      async (octane) => {
        const { pair_id, code } = await pairing(octane, "wrong");
        await octane.once("three wrong", () => postWrong(octane, pair_id, code, 3));
        return replayed(octane, pairingPath(pair_id, "/events"), "pair_revoked");
      },
    ],
    [
      "validate.no-code",
      "An approval without a code takes no code: 403 wrong_validation_code.",
      async (octane) => {
        const { pair_id, code } = await pairing(octane, "uncoded");
        return refused(await postCode(octane, pair_id, code), 403, "wrong_validation_code");
      },
    ],
  ]),
];
