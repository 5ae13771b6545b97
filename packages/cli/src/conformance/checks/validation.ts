import { type Answer, allRefused, answered, refused } from "../Answer.js";
import { decode, utf8 } from "../bytes.js";
import { type Check, checksOf } from "../Check.js";
import { isByEd25519Key } from "../device.js";
import { isBytes } from "../forms.js";
import type { Probe } from "../Probe.js";
import { activation, activePairing, pairing, wrongCode } from "../pairings.js";
import { pairingPath, postCode, unknownId, validatePath } from "../requests.js";
import { all, holds, same, untried } from "../Verdict.js";
import { replayed } from "./streams.js";

/** Validation codes, right and wrong. */
export const validation: readonly Check[] = [
  ...checksOf("Refusals", [
    [
      "validate.field-types",
      "A field that is missing or of the wrong type is 400 bad_request.",
      async (octane) => {
        const bodies = [{}, { pair_id: unknownId }, { code: "123456" }, { pair_id: unknownId, code: 123456 }];
        const answers = bodies.map((json) => octane.send("POST", validatePath, { json }));
        return allRefused(await Promise.all(answers), 400, "bad_request");
      },
    ],
    [
      "validate.unknown-404",
      "An unknown pairing is 404 not_found.",
      async (octane) => refused(await postCode(octane, unknownId, "123456"), 404, "not_found"),
    ],
  ]),
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
        const by = isByEd25519Key(key, utf8(code), decode(signature) ?? new Uint8Array());
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
  ...checksOf("Conventions", [
    [
      "validate.unknown-fields",
      "Fields that octane does not know are ignored.",
      async (octane) => {
        const { pair_id, code } = await activePairing(octane, "main");
        const json = { pair_id, code, conformance: true };
        return answered(await octane.send("POST", validatePath, { json }), 200);
      },
    ],
    [
      "validate.idempotent-replay",
      "A wrong code sent again under its key gets the first answer, and counts once.",
      async (octane) => {
        const { pair_id, code } = await pairing(octane, "uncoded");
        const sending = { idempotencyKey: crypto.randomUUID() };
        const answers = [1, 2, 3].map(() => postCode(octane, pair_id, wrongCode(code), sending));
        const [one, two, three] = await Promise.all(answers);
        const listed = await octane.send("GET", pairingPath(pair_id, "/wallets"));
        return all(
          same("the first body", one?.text, two?.text),
          same("the first body", one?.text, three?.text),
          answered(listed, 200),
        );
      },
    ],
  ]),
];

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
