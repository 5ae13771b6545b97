import { type ReactElement, useEffect, useState } from "react";

type Props = {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly label: string;
  readonly locale: string | undefined;
};

/** Says how much time is left, without having it read out each second. */
export function Timer({ expiresAt, label, locale }: Props): ReactElement {
  const seconds = useSecondsUntil(expiresAt);
  return (
    <p data-part="timer">
      {label}{" "}
      <span role="timer" aria-live="off">
        {toText(seconds, locale)}
      </span>
    </p>
  );
}

/** Reckoned from the end each time, since timers of a hidden page stand still. */
function useSecondsUntil(expiresAt: number): number {
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, expiresAt - now);
  useEffect(() => {
    const look = (): void => setNow(Date.now());
    const next = left > 0 ? setTimeout(look, left % 1000 || 1000) : undefined;
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(next);
      document.removeEventListener("visibilitychange", look);
    };
  }, [left]);
  return Math.ceil(left / 1000);
}

function toText(seconds: number, locale: string | undefined): string {
  const minutes = numbers(locale).format(Math.floor(seconds / 60));
  const rest = numbers(locale, { minimumIntegerDigits: 2 }).format(seconds % 60);
  return `${minutes}:${rest}`;
}

/** In the browser's own locale, where the page's is none, such as `en_US`: that throws, and would take the page away. */
function numbers(locale: string | undefined, options?: Intl.NumberFormatOptions): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale, options);
  } catch {
    return new Intl.NumberFormat(undefined, options);
  }
}
