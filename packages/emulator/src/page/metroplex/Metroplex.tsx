/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Emulator } from "../../emulator.js";
import type { Secrets } from "../Action.js";
import { Field, Form, Id } from "../parts.js";
import { ProviderView } from "./ProviderView.js";

type MetroplexProps = { readonly emulator: Emulator; readonly secrets: Secrets | undefined };

/** What the administrator of octane sees, and does. */
export function Metroplex({ emulator, secrets }: MetroplexProps): JSX.Element {
  return (
    <>
      {secrets === undefined ? "" : <ShownOnce secrets={secrets} />}
      {emulator.sps.list().map((sp) => (
        <ProviderView sp={sp} />
      ))}
      <section id="more" aria-labelledby="more-title">
        <h2 id="more-title">Another service provider</h2>
        <Form to="sp-add">
          <Field label="Name" name="name" required />
          <button type="submit" data-part="sp-add">
            Add
          </button>
        </Form>
      </section>
    </>
  );
}

function ShownOnce({ secrets }: { readonly secrets: Secrets }): JSX.Element {
  return (
    <section
      id="shown-once"
      class="card"
      aria-labelledby="shown-once-title"
      data-part="shown-once"
      data-keep
      tabindex={-1}
    >
      <h2 id="shown-once-title">Keep this: it is shown once</h2>
      <dl>
        {Object.entries(secrets).map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>
              <Id>{value}</Id>
            </dd>
          </>
        ))}
      </dl>
    </section>
  );
}
