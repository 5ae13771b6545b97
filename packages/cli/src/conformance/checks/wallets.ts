import { answered, refused } from "../Answer.js";
import { type Check, checksOf } from "../Check.js";
import { algoOfChain, isCount } from "../forms.js";
import { asObjects, type Json } from "../Json.js";
import type { Probe } from "../Probe.js";
import { pairing } from "../pairings.js";
import { pairingPath, unknownId } from "../requests.js";
import { signingPairing } from "../signing.js";
import { all, holds, Untried, type Verdict } from "../Verdict.js";

const addressForms = { secp256k1: /^0x[0-9a-f]{40}$/i, ed25519: /^[1-9A-HJ-NP-Za-km-z]{32,44}$/ } as const;

/** The wallets of a pairing. */
export const wallets: readonly Check[] = [
  ...checksOf("Routes", [
    [
      "wallets.shape",
      "Each entry has chain, wallet_index, address, read and sign.",
      async (octane) => {
        const pairId = await signingPairing(octane);
        const answer = await octane.send("GET", pairingPath(pairId, "/wallets"));
        const { entries } = answer.body;
        return all(
          answered(answer, 200),
          holds(Array.isArray(entries), "entries, a list", entries),
          ...asObjects(entries).map(isEntry),
        );
      },
    ],
    [
      "wallets.bindings",
      "The entries are the bindings: sign and read as they were granted.",
      async (octane) => {
        const { frame, pair_id } = await pairing(octane, "main");
        const bound = asObjects(frame.bindings).map((each) => granted(each, String(each.access)));
        const listed = (await entriesOf(octane, pair_id)).flatMap((entry) =>
          ["sign", "read"].filter((access) => entry[access] === true).map((access) => granted(entry, access)),
        );
        const expected = [...new Set(bound)].sort().join(", ");
        const came = listed.sort().join(", ");
        return holds(came === expected, expected || "no entries", came);
      },
    ],
    [
      "wallets.sign-only",
      "A scope of sign alone gives an entry with sign and without read.",
      async (octane) => {
        const entries = await entriesOf(octane, (await pairing(octane, "second")).pair_id);
        const entry = entries.find(({ chain }) => chain === "ethereum");
        if (entry === undefined) throw new Untried("signing on ethereum was not approved");
        return holds(entry.sign === true && entry.read === false, "sign true, read false", entry);
      },
    ],
  ]),
  ...checksOf("Refusals", [
    [
      "wallets.unknown-404",
      "The wallets of an unknown pairing are 404 not_found.",
      async (octane) =>
        refused(await octane.send("GET", pairingPath(unknownId, "/wallets")), 404, "not_found"),
    ],
  ]),
  ...checksOf("Chains", [
    [
      "chains.shared-address",
      "The EVM chains share one address for each wallet_index.",
      async (octane) => {
        const entries = (await entriesOf(octane, (await pairing(octane, "main")).pair_id)).filter(
          ({ chain }) => algoOfChain[String(chain)] === "secp256k1",
        );
        if (new Set(entries.map(({ chain }) => chain)).size < 2)
          throw new Untried("one EVM chain only was approved");
        return all(
          ...entries.map((entry) => {
            const same = entries.filter(({ wallet_index }) => wallet_index === entry.wallet_index);
            const addresses = same.map(({ address }) => String(address).toLowerCase());
            return holds(
              new Set(addresses).size === 1,
              `one address at index ${entry.wallet_index}`,
              addresses,
            );
          }),
        );
      },
    ],
  ]),
];

async function entriesOf(octane: Probe, pairId: string): Promise<readonly Json[]> {
  const answer = await octane.send("GET", pairingPath(pairId, "/wallets"));
  if (answer.status !== 200) throw new Untried(`the wallets could not be listed: ${answer.status}`);
  return asObjects(answer.body.entries);
}

function isEntry(entry: Json): Verdict {
  const algo = algoOfChain[String(entry.chain)];
  return all(
    holds(algo !== undefined, "chain, a chain's name", entry),
    isCount("wallet_index", entry.wallet_index),
    holds(
      addressForms[algo ?? "secp256k1"].test(String(entry.address)),
      "address, in its chain's form",
      entry,
    ),
    holds(
      typeof entry.read === "boolean" && typeof entry.sign === "boolean",
      "read and sign, booleans",
      entry,
    ),
  );
}

function granted({ chain, wallet_index }: Json, access: string): string {
  return `${access} on ${chain} ${wallet_index}`;
}
