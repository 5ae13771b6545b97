import { useState, useSyncExternalStore } from "react";
import { detectMode, type Mode } from "./detectMode.js";
import type { JazzPairProps } from "./JazzPairProps.js";

/** Which of the two is shown, and how to change over. On a server, which knows no device, neither is. */
export function useMode(wanted: JazzPairProps["mode"] = "auto"): [Mode | undefined, (mode: Mode) => void] {
  const [chosen, choose] = useState<Mode>();
  const detected = useSyncExternalStore<Mode | undefined>(
    neverChanges,
    () => detectMode(navigator),
    () => undefined,
  );
  return [chosen ?? (wanted === "auto" ? detected : wanted), choose];
}

const neverChanges = (): (() => void) => () => {};
