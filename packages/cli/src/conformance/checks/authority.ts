import { allRefused, refused } from "../Answer.js";
import { encode, random } from "../bytes.js";
import { type Check, checksOf } from "../Check.js";
import { algoOfChain } from "../forms.js";
import type { Probe } from "../Probe.js";
import { activePairing } from "../pairings.js";
import { envelope, payloadOf, postSign, toSign, walletsOf } from "../signing.js";
import { Untried } from "../Verdict.js";

/** What an active pairing may not sign, or not by this signature. */
export const authority: readonly Check[] = [
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
  ...checksOf("Routes", [
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
  ...checksOf("Refusals", [
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
];

/** An EVM chain that the pairing may not sign on. @throws Untried where there is none. */
async function deniedChain(octane: Probe): Promise<string> {
  const { pair_id } = await toSign(octane, "secp256k1");
  const granted = (await walletsOf(octane, pair_id)).filter(({ sign }) => sign).map(({ chain }) => chain);
  const evm = Object.keys(algoOfChain).filter((chain) => algoOfChain[chain] === "secp256k1");
  const denied = evm.find((chain) => !granted.includes(chain));
  if (denied === undefined) throw new Untried("the pairing may sign on every EVM chain");
  return denied;
}
