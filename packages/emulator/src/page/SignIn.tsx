/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";

/** What somebody without the token sees. */
export function SignIn({ wrong }: { readonly wrong: boolean }): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Sigil EMULATOR</title>
        <link rel="icon" href="data:," />
      </head>
      <body>
        <main>
          <h1>EMULATOR</h1>
          <p>
            {wrong
              ? "This is not the token of this emulator."
              : "This page is for whoever started the emulator."}{" "}
            Open it by the address that was printed at the start, which ends in <code>/?token=…</code>, or add
            the token that <code>listen</code> answered with.
          </p>
        </main>
      </body>
    </html>
  );
}
