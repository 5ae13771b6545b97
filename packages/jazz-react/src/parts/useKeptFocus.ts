import { type RefObject, useEffect, useRef } from "react";
import type { PairState } from "../PairState.js";
import { offersNewCode } from "./offersNewCode.js";

/**
 * Where a state takes away what had the focus, the next thing to do gets it, or else the line that says what is going on.
 * Another element of the page never loses the focus to the widget.
 */
export function useKeptFocus(root: RefObject<HTMLElement | null>, status: PairState["status"]): void {
  const wasInside = useRef(false);
  useEffect(() => {
    const note = ({ target }: FocusEvent): void => {
      wasInside.current = root.current?.contains(target as Node) ?? false;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, [root]);
  useEffect(() => {
    const { activeElement, body } = document;
    if (activeElement !== null && activeElement !== body) return;
    const asks = offersNewCode(status);
    if (!asks && !wasInside.current) return;
    const part = asks ? "new-code" : "status";
    root.current?.querySelector<HTMLElement>(`[data-part=${part}]`)?.focus({ preventScroll: true });
  }, [root, status]);
}
