import { type ReactElement, useMemo } from "react";
import { encode } from "uqr";

/** Scanners want four modules of nothing around a code. */
const quietZone = 4;

/**
 * Dark on light whatever the page's colours are, since many scanners take nothing else. One path, so that no style is
 * needed. Nothing at all where the code cannot be made: link and code stand beside it.
 */
export function QrCode({
  text,
  label,
}: {
  readonly text: string;
  readonly label: string;
}): ReactElement | null {
  const code = useMemo(() => draw(text), [text]);
  if (code === undefined) return null;
  const { size, path } = code;
  return (
    <svg
      data-part="qr"
      role="img"
      aria-label={label}
      width={240}
      height={240}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}

function draw(text: string): { readonly size: number; readonly path: string } | undefined {
  try {
    const { size, data } = encode(text, { ecc: "M", border: quietZone });
    return { size, path: data.map(drawRow).join("") };
  } catch {
    return undefined;
  }
}

/** Each run of dark modules as one bar. */
function drawRow(row: readonly boolean[], y: number): string {
  const bars = row
    .map((dark) => (dark ? "1" : "0"))
    .join("")
    .matchAll(/1+/g);
  return Array.from(bars, ({ 0: { length }, index }) => `M${index} ${y}h${length}v1h-${length}z`).join("");
}
