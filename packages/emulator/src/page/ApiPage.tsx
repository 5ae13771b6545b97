/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Operation } from "../control/Operation.js";

/** The control API, for a person to read. */
export function ApiPage({ operations }: { readonly operations: readonly Operation[] }): JSX.Element {
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Control API · Sigil EMULATOR</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_emulator/page.css" />
      </head>
      <body>
        <header>
          <p class="mark" data-part="mark">
            <strong>EMULATOR</strong> Test keys on this machine. Nothing here is worth anything.
          </p>
          <nav aria-label="Parts of the emulator">
            <a href="/">Sunstorm</a>
            <a href="/_emulator/page/metroplex">Metroplex</a>
            <a href="/_emulator/page/traffic">Traffic</a>
            <a href="/_emulator/" aria-current="page">
              Control API
            </a>
          </nav>
        </header>
        <main>
          <h1>Control API</h1>
          <p>
            All of it takes <code>Authorization: Bearer &lt;token&gt;</code>, and JSON where it takes a body.
            As an OpenAPI document: <a href="/_emulator/openapi.json">openapi.json</a>.
          </p>
          {tags.map((tag) => (
            <section>
              <h2>{tag}</h2>
              <dl class="api">
                {operations
                  .filter((each) => each.tag === tag)
                  .map(({ method, path, summary }) => (
                    <>
                      <dt>
                        <code>
                          {method} /_emulator{path}
                        </code>
                      </dt>
                      <dd>{summary}</dd>
                    </>
                  ))}
              </dl>
            </section>
          ))}
        </main>
      </body>
    </html>
  );
}
