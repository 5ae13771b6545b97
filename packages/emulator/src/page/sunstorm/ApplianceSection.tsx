/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Appliance } from "../../appliance/appliance.js";
import type { WaitingRequest } from "../../appliance/signing.js";
import { Act, Field, Form, Id, Nothing } from "../parts.js";
import { CardView } from "./CardView.js";
import { PairView } from "./PairView.js";
import { RequestView } from "./RequestView.js";

type ApplianceProps = {
  readonly appliance: Appliance;
  readonly requests: readonly WaitingRequest[];
  readonly now: number;
};

/** One appliance, as its owner sees it. */
export function ApplianceSection({ appliance, requests, now }: ApplianceProps): JSX.Element {
  const { id, name } = appliance;
  const online = appliance.online();
  const cards = appliance.cards();
  const pairs = [...appliance.pairs()].reverse();
  const about = `${name}`;
  return (
    <section id={`appliance-${id}`} class="appliance" aria-labelledby={`title-${id}`} data-part="appliance">
      <div class="row spread">
        <h2 id={`title-${id}`} tabindex={-1}>
          {name}{" "}
          <span class={online ? "badge good" : "badge bad"} data-part="connection">
            {online ? "online" : "offline"}
          </span>
        </h2>
        {online ? (
          <Act to="offline" of={{ appliance: id }} label="Take offline" about={about} quiet />
        ) : (
          <Act to="online" of={{ appliance: id }} label="Bring online" about={about} />
        )}
      </div>
      <Form to="scan" of={{ appliance: id }}>
        <Field
          label="Pairing link or session id"
          name="link"
          class="wide"
          required
          hint="https://sigilvault.xyz/pair?session=…"
        />
        <Field label="Code" name="code" class="short" code />
        <button type="submit" data-part="scan">
          Scan
        </button>
      </Form>
      <h3>Waiting for you</h3>
      {cards.length + requests.length === 0 ? <Nothing>Nothing.</Nothing> : ""}
      {cards.map((card) => (
        <CardView card={card} appliance={appliance} now={now} />
      ))}
      {requests.map((request) => (
        <RequestView request={request} appliance={id} />
      ))}
      <h3>Pairings</h3>
      {pairs.length === 0 ? <Nothing>None.</Nothing> : ""}
      <ul class="plain" data-part="pairs">
        {pairs.map((pair) => (
          <PairView pair={pair} appliance={id} />
        ))}
      </ul>
      <details id={`wallets-${id}`}>
        <summary>Wallets</summary>
        <ul class="plain small">
          {appliance.wallets().map(({ chain, wallet_index, address }) => (
            <li>
              {chain} {wallet_index} <Id>{address}</Id>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
