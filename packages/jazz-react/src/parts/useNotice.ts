import { useEffect, useState } from "react";
import type { JazzPairLabels } from "../JazzPairProps.js";

/** What is said once beside the state. */
export type Notice = Extract<keyof JazzPairLabels, "minuteLeft" | "secondsLeft" | "copied" | "copyFailed">;

const announced = [
  ["minuteLeft", 60_000],
  ["secondsLeft", 10_000],
] as const;

/** What is to be said beside what is shown, until something else is shown: that the time runs out, and how copying went. */
export function useNotice(
  shown: string,
  expiresAt: number | undefined,
): [Notice | undefined, (notice: Notice) => void] {
  const [said, setSaid] = useState<{ readonly beside: string; readonly notice: Notice }>();
  useEffect(() => {
    if (expiresAt === undefined) return;
    const timers = announced
      .map(([notice, before]) => [notice, expiresAt - before - Date.now()] as const)
      .filter(([, ms]) => ms > 0)
      .map(([notice, ms]) => setTimeout(() => setSaid({ beside: shown, notice }), ms));
    return () => {
      for (const timer of timers) clearTimeout(timer);
    };
  }, [shown, expiresAt]);
  const say = (notice: Notice): void => setSaid({ beside: shown, notice });
  return [said?.beside === shown ? said.notice : undefined, say];
}
