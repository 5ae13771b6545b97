/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Exchange } from "../../traffic/Exchange.js";
import { Time } from "../parts.js";
import { curlOf, isPartial } from "./curl.js";

type ExchangeProps = { readonly exchange: Exchange; readonly sp: string | undefined };

/** One request with its answer. */
export function ExchangeView({ exchange, sp }: ExchangeProps): JSX.Element {
  const { id, at, method, url, request, response, tookMs } = exchange;
  const status = "status" in response ? response.status : undefined;
  const { pathname, search } = new URL(url);
  return (
    <details id={`exchange-${id}`} class="exchange" data-part="exchange">
      <summary>
        <span class={lookOf(response)}>{status ?? response.ended}</span>
        <b>{method}</b>
        <span class="path">{pathname + search}</span>
        <span class="small">
          {sp ?? ""} {Math.round(tookMs)} ms <Time at={at} />
        </span>
      </summary>
      <Message title="Request" headers={request.headers} body={request.body} />
      {"status" in response ? (
        <Message
          title={`Answer ${response.status}${response.ended === undefined ? "" : `, ${response.ended}`}`}
          headers={response.headers}
          body={response.body}
        />
      ) : (
        <p data-part="unanswered">{unanswered(response.ended)}</p>
      )}
      <div class="row spread">
        <h3>As a command</h3>
        <button type="button" class="quiet copy" data-copy={`curl-${id}`} data-part="copy">
          Copy<span class="unseen"> request {id} as curl</span>
        </button>
      </div>
      <pre id={`curl-${id}`} tabindex={0} data-part="curl">
        {curlOf(exchange)}
      </pre>
      {isPartial(exchange) ? (
        <p class="small" data-part="partial">
          The body has … where the record leaves something out, such as a validation code: fill it in before
          you send this. It goes without the request's Idempotency-Key, which stands for the body as it was.
        </p>
      ) : (
        ""
      )}
    </details>
  );
}

function unanswered(how: string): string {
  if (how === "open") return "No answer yet.";
  if (how === "aborted") return "The caller hung up; no answer was sent.";
  return `No answer: ${how}.`;
}

function lookOf(response: Exchange["response"]): string {
  if (!("status" in response)) return response.ended === "open" ? "badge" : "badge bad";
  return response.status < 400 ? "badge good" : "badge bad";
}

type MessageProps = {
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

function Message({ title, headers, body }: MessageProps): JSX.Element {
  return (
    <>
      <h3>{title}</h3>
      <pre class="small" tabindex={0}>
        {Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join("\n")}
      </pre>
      {body === "" ? "" : <pre tabindex={0}>{indented(body)}</pre>}
    </>
  );
}

/** JSON with a line for each field; anything else as it was. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
