/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Appliance } from "../../appliance/appliance.js";
import type { PairingCard } from "../../appliance/card.js";
import type { Scope, Wallet } from "../../link/messages.js";
import { Act, Field, Form, Id, Time, Unseen } from "../parts.js";

type CardProps = { readonly card: PairingCard; readonly appliance: Appliance; readonly now: number };

/** A pairing session on the screen: who asks, for whom, for what, and the answers. */
export function CardView({ card, appliance, now }: CardProps): JSX.Element {
  const { session_id, sp, sp_user_ref, expires_at, return_url, has_code } = card;
  const of = { appliance: appliance.id, session: session_id };
  const left = Math.max(0, Date.parse(expires_at) - now);
  const about = `pairing with ${sp.name} for ${sp_user_ref}`;
  return (
    <article
      id={`card-${session_id}`}
      class="card"
      aria-labelledby={`card-title-${session_id}`}
      data-part="card"
      data-ends-in={String(left)}
    >
      <h4 id={`card-title-${session_id}`}>
        Pair with <span data-part="sp-name">{sp.name}</span>?
      </h4>
      <dl>
        <dt>For its user</dt>
        <dd data-part="user-ref">{sp_user_ref}</dd>
        {sp.homepage === undefined ? "" : <Fact name="Homepage" value={sp.homepage} />}
        {return_url === undefined ? "" : <Fact name="Then goes to" value={return_url} />}
        <dt>Key</dt>
        <dd>
          <Id>{sp.public_key}</Id>
        </dd>
        <dt>Expires</dt>
        <dd>
          <Time at={expires_at} />
        </dd>
      </dl>
      <Form to="card-approve" of={of} class="stack">
        <fieldset data-part="scopes">
          <legend>May</legend>
          {card.requested_scopes.flatMap((scope) => scopeChoices(scope, appliance.wallets()))}
        </fieldset>
        <div class="row">
          <Field
            label={has_code ? "Code, if not the link's" : `Code that ${sp.name} shows`}
            name="code"
            class="short"
            code
            required={!has_code}
          />
          <button type="submit" data-part="approve">
            Approve<Unseen>{about}</Unseen>
          </button>
          {has_code ? "" : <WithoutCode about={about} />}
        </div>
      </Form>
      <div class="row">
        <Form to="card-reject" of={of}>
          <Field label="Reason" name="reason" hint="rejected by the user" />
          <button type="submit" class="quiet" data-part="reject">
            Reject<Unseen>{about}</Unseen>
          </button>
        </Form>
        <Act
          to="card-expire"
          of={of}
          label="Let it expire"
          about={`, the session of ${sp.name} for ${sp_user_ref}`}
          part="expire"
          quiet
        />
      </div>
    </article>
  );
}

/** For whoever wants to see what becomes of such a pairing; beside the field that asks for the code. */
function WithoutCode({ about }: { readonly about: string }): JSX.Element {
  return (
    <>
      <button
        type="submit"
        class="quiet"
        name="without_code"
        value="yes"
        formnovalidate
        data-part="approve-without-code"
      >
        Approve without a code<Unseen>{about}</Unseen>
      </button>
      <p class="small">The link had no code. Without one the pairing never becomes active.</p>
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function scopeChoices({ chain, access }: Scope, wallets: readonly Wallet[]): JSX.Element[] {
  return wallets
    .filter((wallet) => wallet.chain === chain)
    .map(({ wallet_index, address }) => (
      <label class="check">
        <input type="checkbox" name="scope" value={`${chain} ${access} ${wallet_index}`} checked />
        <span>
          <b>{access}</b> {chain} · wallet {wallet_index} <Id>{address}</Id>
        </span>
      </label>
    ));
}
