/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Emulator } from "../../emulator.js";
import { Field, Form } from "../parts.js";
import { ApplianceSection } from "./ApplianceSection.js";
import { OpenSessions } from "./OpenSessions.js";

/** What the owners of the appliances see, and do. */
export async function Sunstorm({ emulator }: { readonly emulator: Emulator }): Promise<JSX.Element> {
  const appliances = emulator.appliances();
  const sections = await Promise.all(
    appliances.map(async (appliance) => ({ appliance, requests: await appliance.requests() })),
  );
  return (
    <>
      <OpenSessions emulator={emulator} />
      {sections.map(({ appliance, requests }) => (
        <ApplianceSection appliance={appliance} requests={requests} now={emulator.clock.now()} />
      ))}
      <section id="more" aria-labelledby="more-title">
        <h2 id="more-title">Another appliance</h2>
        <Form to="appliance-add">
          <Field label="Name" name="name" hint={`Appliance ${appliances.length + 1}`} />
          <button type="submit" data-part="appliance-add">
            Add
          </button>
        </Form>
      </section>
    </>
  );
}
