/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { AppliancePair } from "../../appliance/pairs.js";
import { Act, Id } from "../parts.js";

const looks: Readonly<Record<AppliancePair["state"], string>> = {
  active: "badge good",
  pending: "badge",
  revoked: "badge bad",
};

type PairProps = { readonly pair: AppliancePair; readonly appliance: string };

/** A pairing, and how to end it. */
export function PairView({ pair, appliance }: PairProps): JSX.Element {
  const { pair_id, sp, sp_user_ref, bindings, state, wrong_codes } = pair;
  const granted = grantedText(bindings);
  return (
    <li id={`pair-${pair_id}`} class="row spread" data-part="pair" data-state={state}>
      <span>
        <b>{sp.name}</b> for {sp_user_ref} <span class={looks[state]}>{state}</span>
        {wrong_codes === 0 ? "" : ` ${wrong_codes} wrong ${wrong_codes === 1 ? "code" : "codes"}`}
        <br />
        <span class="small">
          {granted === "" ? "may do nothing" : granted} <Id>{pair_id}</Id>
        </span>
      </span>
      {state === "revoked" ? (
        ""
      ) : (
        <Act
          to="pair-revoke"
          of={{ appliance, pair: pair_id }}
          label="Revoke"
          about={`${sp.name} for ${sp_user_ref}`}
          part="revoke"
          quiet
        />
      )}
    </li>
  );
}

/** `sign ethereum 0, 1; read solana 0`: the numbers are those of the wallets. */
function grantedText(bindings: AppliancePair["bindings"]): string {
  const indices = new Map<string, number[]>();
  for (const { chain, access, wallet_index } of bindings) {
    const what = `${access} ${chain}`;
    indices.set(what, [...(indices.get(what) ?? []), wallet_index]);
  }
  return [...indices].map(([what, wallets]) => `${what} ${wallets.join(", ")}`).join("; ");
}
