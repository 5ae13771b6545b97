import { type ReactElement, useRef } from "react";
import type { JazzPairLabels } from "../JazzPairProps.js";
import type { Notice } from "./useNotice.js";

type Props = {
  readonly link: string;
  readonly labels: JazzPairLabels;
  readonly notice: Notice | undefined;
  readonly say: (notice: Notice) => void;
};

/** The link as text, and a button that copies it. It says that it copied only once the browser has. */
export function CopyLink({ link, labels, notice, say }: Props): ReactElement {
  const text = useRef<HTMLElement>(null);
  const copy = async (): Promise<void> => {
    try {
      // Missing on pages served over plain http, which throws as well.
      await navigator.clipboard.writeText(link);
      say("copied");
    } catch {
      if (text.current !== null) getSelection()?.selectAllChildren(text.current);
      say("copyFailed");
    }
  };
  const outcome = notice === "copied" || notice === "copyFailed" ? notice : "copy";
  return (
    <div data-part="share">
      <code data-part="share-link" ref={text}>
        {link}
      </code>
      <button type="button" data-part="copy" data-outcome={outcome} onClick={() => void copy()}>
        {labels[outcome]}
      </button>
    </div>
  );
}
