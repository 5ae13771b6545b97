/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Appliance } from "../../appliance/appliance.js";
import type { Emulator } from "../../emulator.js";
import { Act, Field, Form, Id, Nothing } from "../parts.js";
import { ApplianceSection } from "./ApplianceSection.js";
import { type OpenSession, openSessions } from "./openSessions.js";

/** What the owners of the appliances see, and do. */
export async function Sunstorm({ emulator }: { readonly emulator: Emulator }): Promise<JSX.Element> {
  const appliances = emulator.appliances();
  const sections = await Promise.all(
    appliances.map(async (appliance) => ({ appliance, requests: await appliance.requests() })),
  );
  return (
    <>
      <OpenSessions sessions={openSessions(emulator)} appliances={appliances} />
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

type OpenSessionsProps = {
  readonly sessions: readonly OpenSession[];
  readonly appliances: readonly Appliance[];
};

function OpenSessions({ sessions, appliances }: OpenSessionsProps): JSX.Element {
  return (
    <section id="open" aria-labelledby="open-title" data-part="open-sessions">
      <h2 id="open-title">Links nobody has scanned</h2>
      {sessions.length === 0 ? (
        <Nothing>None. A service provider makes one by createPairSession.</Nothing>
      ) : (
        ""
      )}
      <ul class="plain">
        {sessions.map(({ session_id, sp }) => (
          <li id={`open-${session_id}`} class="row">
            <span>
              {sp} <Id>{session_id}</Id>
            </span>
            {appliances.map(({ id, name }) => (
              <Act
                to="scan"
                of={{ appliance: id, link: session_id }}
                label={appliances.length > 1 ? `Scan with ${name}` : "Scan"}
                about={`session ${session_id}`}
                part="scan-open"
              />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
