/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Emulator } from "../../emulator.js";
import type { Exchange } from "../../traffic/Exchange.js";
import { Field, Nothing } from "../parts.js";
import { ExchangeView } from "./ExchangeView.js";

/** Which requests are shown: those with the text in them, of the service provider of that id; empty, of all. */
export type TrafficFilter = { readonly text: string; readonly sp: string };

type TrafficProps = { readonly emulator: Emulator; readonly filter: TrafficFilter };

/** How many are shown: a page of five hundred bodies would be slow to bring up to date. */
const mostShown = 100;

/** What went over the wire, newest first. */
export function Traffic({ emulator, filter }: TrafficProps): JSX.Element {
  const all = emulator.traffic.list();
  const found = all.filter((exchange) => fits(exchange, filter)).reverse();
  const names = new Map(emulator.sps.list().map(({ id, name }) => [id, name]));
  return (
    <section id="traffic" aria-labelledby="traffic-title">
      <h2 id="traffic-title" class="unseen">
        Requests and answers
      </h2>
      <form method="get" class="row" action="/_emulator/page/traffic">
        <Field label="Only with" name="q" value={filter.text} hint="sign, 403, pair_id …" class="wide" />
        <label class="field">
          <span>Of</span>
          <select name="sp">
            <option value="">everybody</option>
            {[...names].map(([id, name]) => (
              <option value={id} {...(id === filter.sp ? { selected: true } : {})}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" data-part="filter">
          Filter
        </button>
      </form>
      <p class="small" data-part="count">
        {found.length} of {all.length}
        {found.length > mostShown ? `, the newest ${mostShown} shown` : ""}
      </p>
      {found.length === 0 ? <Nothing>Nothing.</Nothing> : ""}
      {found.slice(0, mostShown).map((exchange) => (
        <ExchangeView exchange={exchange} sp={names.get(exchange.sp ?? "")} />
      ))}
    </section>
  );
}

function fits(exchange: Exchange, filter: TrafficFilter): boolean {
  if (filter.sp !== "" && exchange.sp !== filter.sp) return false;
  if (filter.text === "") return true;
  const { method, url, request, response } = exchange;
  const answer = "status" in response ? `${response.status} ${response.body}` : "";
  const text = `${method} ${url} ${request.body} ${answer} ${response.ended ?? ""}`;
  return text.toLowerCase().includes(filter.text.toLowerCase());
}
