import { allRefused, answered, refused } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import { activePairing, pairing, wrongCode } from "../pairings.js";
import { pairingPath, postCode, unknownId, validatePath } from "../requests.js";
import { all, same } from "../Verdict.js";

/** Requests that carry a code, whichever code it is. */
export const codes: readonly Check[] = [
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
