import { type Answer, allRefused } from "../Answer.js";
import { encode, random } from "../bytes.js";
import { type Check, checksOf } from "../Check.js";
import type { Probe } from "../Probe.js";
import { signPath, unknownId } from "../requests.js";
import { type SignParts, signBody, toSign } from "../signing.js";

/** A request about an address nobody has: whatever is refused before 404 needs no pairing. */
const nobodys: SignParts = {
  pair_id: unknownId,
  address: "0x0000000000000000000000000000000000000001",
  chain: "ethereum",
  payload: random(32),
};

const wrongFields: readonly object[] = [
  { address: undefined },
  { address: 1 },
  { payload: undefined },
  { payload: 1 },
  { algo: "rsa" },
  { algo: undefined },
  { sp_signature: undefined },
  { sp_signature: encode(random(63)) },
  { pair_id: 1 },
  { chain: 1 },
];

/** Requests that octane refuses without asking the user. */
export const signRefusals: readonly Check[] = [
  ...checksOf("Refusals", [
    [
      "sign.field-types",
      "A field that is missing or of the wrong type is 400 bad_request.",
      async (octane) => allRefused(await nobodysWith(octane, wrongFields), 400, "bad_request"),
    ],
    [
      "sign.payload-length",
      "A secp256k1 payload that is not 32 bytes is 400 payload_length.",
      async (octane) => {
        const payloads = [0, 31, 33].map((length) => ({ payload: encode(random(length)) }));
        return allRefused(await nobodysWith(octane, payloads), 400, "payload_length");
      },
    ],
    [
      "sign.unknown-pairing",
      "An unknown pairing is 404 not_found.",
      async (octane) => allRefused(await nobodysWith(octane, [{}]), 404, "not_found"),
    ],
    [
      "sign.unknown-address",
      "An unknown address is 404 not_found, before its signature is looked at.",
      async (octane) => {
        const { pair_id } = await toSign(octane, "secp256k1");
        const forged = { pair_id, sp_signature: encode(random(64)) };
        return allRefused(await nobodysWith(octane, [{ pair_id }, forged]), 404, "not_found");
      },
    ],
  ]),
  ...checksOf("Conventions", [
    [
      "sign.base64url",
      "Bytes that are not base64url without padding are 400 bad_request.",
      async (octane) => {
        const payload = "-_".repeat(21).concat("8");
        const changes = [
          `${payload}=`,
          payload.replaceAll("-", "+"),
          payload.replaceAll("_", "/"),
          `${payload} `,
        ];
        const answers = await nobodysWith(
          octane,
          changes.map((text) => ({ payload: text })),
        );
        return allRefused(answers, 400, "bad_request");
      },
    ],
  ]),
  ...checksOf("Routes", [
    [
      "sign.algo",
      "An algo that does not fit the address, or the chain, is 400 bad_request.",
      async (octane) => {
        const changes = [{ algo: "ed25519", chain: undefined }, { chain: "solana" }];
        return allRefused(await nobodysWith(octane, changes), 400, "bad_request");
      },
    ],
  ]),
  ...checksOf("Chains", [
    [
      "sign.unknown-chain",
      "A chain of another name is 400 unknown_chain.",
      async (octane) => allRefused(await nobodysWith(octane, [{ chain: "doge" }]), 400, "unknown_chain"),
    ],
  ]),
];

function nobodysWith(octane: Probe, changes: readonly object[]): Promise<readonly Answer[]> {
  const bodies = changes.map((each) => signBody(octane, nobodys, each));
  return Promise.all(bodies.map((json) => octane.send("POST", signPath, { json })));
}
