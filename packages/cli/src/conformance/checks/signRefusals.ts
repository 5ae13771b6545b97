import { type Answer, allRefused, refused } from "../Answer.js";
import { encode, random } from "../bytes.js";
import { type Check, checksOf } from "../Check.js";
import { algoOfChain } from "../forms.js";
import type { Probe } from "../Probe.js";
import { activePairing } from "../pairings.js";
import { signPath, unknownId } from "../requests.js";
import { envelope, payloadOf, postSign, type SignParts, signBody, toSign, walletsOf } from "../signing.js";
import { Untried } from "../Verdict.js";

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
    [
      "sign.scope-address",
      "An address that the pairing may only read is 403 scope_denied.",
      async (octane) => {
        const { pair_id } = await activePairing(octane, "second");
        const wallets = await walletsOf(octane, pair_id);
        const wallet = wallets.find(({ read, sign }) => read && !sign);
        if (wallet === undefined) throw new Untried("reading on solana was not approved");
        const parts = { pair_id, ...wallet, payload: payloadOf(algoOfChain[wallet.chain] ?? "ed25519") };
        return refused(await postSign(octane, parts), 403, "scope_denied");
      },
    ],
    [
      "order.sign.bad_sp_signature",
      "bad_sp_signature is decided before scope_denied.",
      async (octane) => {
        const changes = { chain: await deniedChain(octane), sp_signature: encode(random(64)) };
        return refused(
          await postSign(octane, await toSign(octane, "secp256k1"), changes),
          403,
          "bad_sp_signature",
        );
      },
    ],
  ]),
  ...checksOf("Three signatures for each request", [
    [
      "sign.bad-sp-signature",
      "A signature by another key, or over the payload alone, is 403 bad_sp_signature.",
      async (octane) => {
        const parts = await toSign(octane, "secp256k1");
        const over = (bytes: Uint8Array): string => encode(octane.settings.spSign(bytes));
        const signatures = [
          encode(random(64)),
          encode(new Uint8Array(64)),
          over(parts.payload),
          over(envelope(parts.payload, parts.address.toUpperCase())),
        ];
        const answers = signatures.map((sp_signature) => postSign(octane, parts, { sp_signature }));
        return allRefused(await Promise.all(answers), 403, "bad_sp_signature");
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
    [
      "sign.scope-chain",
      "With chain, the pairing is held to its scope there: 403 scope_denied.",
      async (octane) => {
        const chain = await deniedChain(octane);
        return refused(
          await postSign(octane, await toSign(octane, "secp256k1"), { chain }),
          403,
          "scope_denied",
        );
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

/** An EVM chain that the pairing may not sign on. @throws Untried where there is none. */
async function deniedChain(octane: Probe): Promise<string> {
  const { pair_id } = await toSign(octane, "secp256k1");
  const granted = (await walletsOf(octane, pair_id)).filter(({ sign }) => sign).map(({ chain }) => chain);
  const evm = Object.keys(algoOfChain).filter((chain) => algoOfChain[chain] === "secp256k1");
  const denied = evm.find((chain) => !granted.includes(chain));
  if (denied === undefined) throw new Untried("the pairing may sign on every EVM chain");
  return denied;
}
