/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Appliance } from "../../appliance/appliance.js";
import type { Emulator } from "../../emulator.js";
import type { OpenSession } from "../../octane/openSessions.js";
import { Act, Id, Nothing, Time } from "../parts.js";
import { QrCode } from "./QrCode.js";

/** How many are shown: a runaway loop makes thousands. */
const mostShown = 50;

/** The links that nobody has scanned, each with what it takes to scan it elsewhere. */
export function OpenSessions({ emulator }: { readonly emulator: Emulator }): JSX.Element {
  const appliances = emulator.appliances();
  const scanned = new Set(appliances.flatMap((each) => each.cards().map(({ session_id }) => session_id)));
  const open = emulator.sessions().filter(({ session_id }) => !scanned.has(session_id));
  const names = new Map(emulator.sps.list().map(({ id, name }) => [id, name]));
  const now = emulator.clock.now();
  return (
    <section id="open" aria-labelledby="open-title" data-part="open-sessions">
      <h2 id="open-title" tabindex={-1}>
        Links nobody has scanned
      </h2>
      {open.length === 0 ? <Nothing>None. A service provider makes one by createPairSession.</Nothing> : ""}
      {open.length > mostShown ? <p class="small">{`The newest ${mostShown} of ${open.length}.`}</p> : ""}
      <ul class="plain">
        {open.slice(0, mostShown).map((session) => (
          <Link session={session} sp={names.get(session.sp_id) ?? ""} appliances={appliances} now={now} />
        ))}
      </ul>
    </section>
  );
}

type LinkProps = {
  readonly session: OpenSession;
  readonly sp: string;
  readonly appliances: readonly Appliance[];
  readonly now: number;
};

function Link({ session, sp, appliances, now }: LinkProps): JSX.Element {
  const { session_id, sp_user_ref, expires_at, pair_uri } = session;
  const left = Math.max(0, Date.parse(expires_at) - now);
  return (
    <li id={`open-${session_id}`} data-part="open-session" data-ends-in={String(left)}>
      <div class="row spread">
        <span>
          {sp} for {sp_user_ref}, until <Time at={expires_at} />
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
      </div>
      <details id={`link-${session_id}`}>
        <summary data-part="show-link">
          Link and QR code<span class="unseen"> of session {session_id}</span>
        </summary>
        <div class="row spread">
          <span id={`uri-${session_id}`} data-part="link">
            <Id>{pair_uri}</Id>
          </span>
          <button type="button" class="quiet copy" data-copy={`uri-${session_id}`}>
            Copy<span class="unseen"> the link of session {session_id}</span>
          </button>
        </div>
        <QrCode text={pair_uri} label={`QR code of the link of session ${session_id}`} />
      </details>
    </li>
  );
}
