import type { ReactElement } from "react";
import { JazzPair, type JazzPairProps } from "../src/index.js";

/** What a page passes in the address, so that each test has the widget as it needs it. */
export type AppOptions = Pick<JazzPairProps, "mode" | "spName" | "labels" | "locale">;

/** What the page has been told, for the tests to look at. */
export type Told = {
  created: number;
  complete: unknown[];
  rejected: unknown[];
  expired: number;
  errors: {
    name: string;
    kind: string;
    message: string;
    status?: number;
    code?: string | undefined;
    body?: string;
  }[];
};

/** A page of an SP, as its README describes it. */
export function App({ options, told }: { readonly options: AppOptions; readonly told: Told }): ReactElement {
  return (
    <main>
      <h1>Example</h1>
      <button type="button" id="before">
        Before
      </button>
      <JazzPair
        {...options}
        octaneUrl="/api"
        apiKey="proxied-server-side"
        createSession={({ signal }) => {
          told.created += 1;
          return fetch("/api/create-pair-session", { method: "POST", signal });
        }}
        onComplete={(pair) => told.complete.push(pair)}
        onReject={(error) => told.rejected.push(error.reason)}
        onExpire={() => {
          told.expired += 1;
        }}
        onError={(error) =>
          told.errors.push({
            name: error.name,
            kind: error.kind,
            message: error.message,
            ...(error.kind === "http" ? { status: error.status, code: error.code, body: error.body } : {}),
          })
        }
      />
    </main>
  );
}
