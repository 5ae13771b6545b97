/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import { lastEventId } from "../control/views.js";
import type { Emulator } from "../emulator.js";
import { Act, Form, Time } from "./parts.js";

/** The parts of the page, by their paths. */
export const partPaths = {
  Sunstorm: "/",
  Metroplex: "/_emulator/page/metroplex",
  Traffic: "/_emulator/page/traffic",
} as const;

/** A part of the page. */
export type Part = keyof typeof partPaths;

/** What is on each page. */
export type Frame = {
  readonly emulator: Emulator;
  readonly part: Part;
  /** What was just done, or why it was not. */
  readonly status: string;
};

/** One whole page. */
export function Layout({
  emulator,
  part,
  status,
  children,
}: Frame & { readonly children?: Child }): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${part} · Sigil EMULATOR`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_emulator/page.css" />
        <script src="/_emulator/page.js" type="module" />
      </head>
      <body data-last-event={String(lastEventId(emulator))}>
        <a class="skip" href="#main">
          To the content
        </a>
        <header>
          <p class="mark" data-part="mark">
            <strong>EMULATOR</strong> Test keys on this machine. Nothing here is worth anything.
          </p>
          <nav aria-label="Parts of the emulator">
            {Object.entries(partPaths).map(([name, path]) => (
              <a href={path} {...(name === part ? { "aria-current": "page" } : {})}>
                {name}
              </a>
            ))}
            <a href="/_emulator/">Control API</a>
          </nav>
          <div class="tools">
            <span>
              Time <Time at={emulator.clock.now()} />
            </span>
            <Act to="advance" label="+ 1 min" name="ms" value="60000" part="advance" quiet />
            <button type="button" class="quiet" popovertarget="reset-ask" data-part="reset">
              Reset
            </button>
            <span class="live" data-part="live" />
          </div>
        </header>
        <Reset />
        <p role="status" class="status" data-part="status" id="status">
          {status}
        </p>
        <main id="main" tabindex={-1}>
          <h1>{part}</h1>
          {children}
        </main>
      </body>
    </html>
  );
}

/** Asks first: one click must not end an afternoon's work. A popover needs no script, and closes by Escape. */
function Reset(): JSX.Element {
  return (
    <div
      id="reset-ask"
      class="ask"
      popover="auto"
      role="dialog"
      aria-labelledby="reset-title"
      data-part="reset-ask"
    >
      <h2 id="reset-title">Reset the emulator?</h2>
      <p>
        Every session, pairing and waiting request ends. Appliances and service providers that were added go,
        and so do rules, faults and traffic. The first service provider keeps its keys.
      </p>
      <Form to="reset">
        <button type="button" class="quiet" popovertarget="reset-ask" popovertargetaction="hide" autofocus>
          Keep everything
        </button>
        <button type="submit" data-part="reset-sure">
          Reset everything
        </button>
      </Form>
    </div>
  );
}
