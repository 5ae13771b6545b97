/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import { lastEventId } from "../control/views.js";
import type { Emulator } from "../emulator.js";
import { Act, Time } from "./parts.js";

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
            <Act to="reset" label="Reset" part="reset" quiet />
            <span class="live" data-part="live" />
          </div>
        </header>
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
