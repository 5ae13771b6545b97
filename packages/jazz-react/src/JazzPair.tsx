"use client";

import { type KeyboardEvent, type ReactElement, useId, useRef } from "react";
import type { JazzPairProps } from "./JazzPairProps.js";
import { withEnglish } from "./labels.js";
import { Actions } from "./parts/Actions.js";
import { canCancel } from "./parts/canCancel.js";
import { canJoin } from "./parts/canJoin.js";
import { isOver } from "./parts/isOver.js";
import { Session } from "./parts/Session.js";
import { Timer } from "./parts/Timer.js";
import { useKeptFocus } from "./parts/useKeptFocus.js";
import { useNotice } from "./parts/useNotice.js";
import { statusText } from "./statusText.js";
import { useJazzPair } from "./useJazzPair.js";
import { useMode } from "./useMode.js";

/**
 * Pairs a Sigil appliance: a QR code on a desktop, a link to the phone app on a phone, the code to compare, the time that
 * is left, and a way on from whatever ends it. It stands where you put it, brings no styles of its own (`theme.css` does),
 * and needs your server to run the proxy of `@sigil/server`.
 *
 * @example
 * ```tsx
 * <JazzPair
 *   octaneUrl="/api"
 *   apiKey="proxied-server-side"
 *   createSession={({ signal }) => fetch("/api/create-pair-session", { method: "POST", signal })}
 *   onComplete={() => location.assign("/wallets")}
 * />
 * ```
 */
export function JazzPair(props: JazzPairProps): ReactElement {
  const { className, labels: own, locale, mode: wanted, spName, ...options } = props;
  const labels = withEnglish(own);
  const { state, ...controls } = useJazzPair(options);
  const [mode, setMode] = useMode(wanted);
  const { status } = state;
  const session = canJoin(state) ? state.session : undefined;
  const [notice, say] = useNotice(`${status} ${session?.sessionId}`, session?.expiresAt);
  const titleId = useId();
  const root = useRef<HTMLElement>(null);
  useKeptFocus(root, status);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || !canCancel(state)) return;
    event.preventDefault();
    controls.cancel();
  };
  const shown = { mode, labels };
  return (
    <section
      ref={root}
      data-sigil-jazz=""
      data-state={status}
      data-mode={mode}
      className={className}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
    >
      <p data-part="title" id={titleId}>
        {labels.title(spName)}
      </p>
      {/* Takes the focus where it would be lost, and is no stop of the Tab key. */}
      <output data-part="status" tabIndex={-1}>
        {statusText(state, mode, labels)}
        {notice !== undefined && ` ${labels[notice]}`}
      </output>
      {session !== undefined && (
        <Session
          {...shown}
          session={session}
          locale={locale}
          notice={notice}
          say={say}
          onOpen={controls.open}
        />
      )}
      {isOver(status) && <Timer expiresAt={0} label={labels.timeLeft} locale={locale} />}
      <Actions {...shown} {...controls} state={state} onMode={setMode} />
    </section>
  );
}
