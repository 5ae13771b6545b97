/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Exchange } from "../../traffic/Exchange.js";
import { Time } from "../parts.js";
import { curlOf, isPartial } from "./curl.js";

type ExchangeProps = { readonly exchange: Exchange; readonly sp: string | undefined };

/** One request with its answer. */
export function ExchangeView({ exchange, sp }: ExchangeProps): JSX.Element {
  const { id, at, method, url, request, response, tookMs } = exchange;
  const status = "status" in response ? [response.status] : [];
  const { pathname, search } = new URL(url);
  return (
    <details id={`exchange-${id}`} class="exchange" data-part="exchange">
      <summary>
        <span class={lookOf(response)} data-part="outcome">
          {[...status, ...(response.ended === undefined ? [] : [response.ended])].join(", ")}
        </span>
        <b>{method}</b>
        <span class="path">{pathname + search}</span>
        <span class="small">
          {sp ?? ""} {Math.round(tookMs)} ms <Time at={at} />
        </span>
      </summary>
      <Message id={`request-${id}`} title="Request" headers={request.headers} body={request.body} />
      {"status" in response ? (
        <Message
          id={`answer-${id}`}
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
  readonly id: string;
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

function Message({ id, title, headers, body }: MessageProps): JSX.Element {
  const indented = indentedJson(body);
  return (
    <>
      <h3>{title}</h3>
      <pre class="small" tabindex={0}>
        {Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join("\n")}
      </pre>
      {body === "" ? (
        ""
      ) : (
        <pre tabindex={0} data-part="body">
          {body}
        </pre>
      )}
      {indented === undefined ? (
        ""
      ) : (
        <details id={`${id}-indented`} class="small">
          <summary>
            Indented<span class="unseen">: the same JSON with a line for each field, of {title}</span>
          </summary>
          <pre tabindex={0}>{indented}</pre>
        </details>
      )}
    </>
  );
}

/** Of JSON of more than one line's worth: a line for each field. Read anew, so no longer byte for byte what was sent. */
function indentedJson(body: string): string | undefined {
  try {
    const text = JSON.stringify(JSON.parse(body), null, 2);
    return text.includes("\n") ? text : undefined;
  } catch {
    return undefined;
  }
}
