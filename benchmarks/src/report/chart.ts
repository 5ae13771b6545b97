import { figuresAt } from "../goals.js";
import type { Results } from "../results.js";
import type { Chain, Row } from "../rows/Row.js";
import { rows } from "../rows/rows.js";
import type { Estimate } from "../statistics.js";

/** In pixels. */
const width = 860;
const barsFrom = 300;
const barsTo = 780;
const lineHeight = 22;

type Bar = { readonly row: Row; readonly ratio: Estimate };

/** Processor time for each signature to the floor's, one at a time, as a drawing that reads on light and dark pages. */
export function chart(results: Results): string {
  const figures = figuresAt(results, 1);
  const barsOf = (chain: Chain): readonly Bar[] =>
    rows
      .flatMap((row) => {
        const ratio = figures[row.name]?.cpuRatio;
        const shown = row.wire !== undefined && (row.chain === chain || row.group === "floor");
        return ratio === undefined || !shown ? [] : [{ row, ratio }];
      })
      .sort((a, b) => a.ratio.median - b.ratio.median);
  const blocks = [
    { title: "EVM: a message", bars: barsOf("evm") },
    { title: "Solana: a transaction", bars: barsOf("solana") },
  ];
  const most = Math.max(1, ...blocks.flatMap(({ bars }) => bars.map(({ ratio }) => ratio.high)));
  let y = 58;
  const drawn = blocks.map(({ title, bars }) => {
    const top = y;
    y += (bars.length + 1) * lineHeight + 20;
    return block(title, bars, top, (barsTo - barsFrom) / most);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" role="img" aria-label="Processor time for each signature">`,
    style,
    // A page may be dark where the system is light.
    `<rect class="page" width="${width}" height="${y}" rx="6"/>`,
    `<text class="title" x="16" y="24">Processor time for each signature, to fetch + SP signature (= 1)</text>`,
    legend,
    ...drawn,
    "</svg>\n",
  ].join("\n");
}

const style = `<style>
  .page { fill: #ffffff; }
  text { font: 13px system-ui, sans-serif; fill: #24292f; }
  .title { font-weight: 600; }
  .sigil { fill: #0969da; } .unchecked { fill: #80b3ff; } .peer { fill: #bc4c00; } .floor { fill: #8c959f; }
  .range, .one { stroke: #57606a; stroke-width: 1.5; } .one { stroke-dasharray: 3 3; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117; } text { fill: #e6edf3; }
    .sigil { fill: #4493f8; } .unchecked { fill: #1f4f8f; } .peer { fill: #f0883e; } .floor { fill: #6e7681; }
    .range, .one { stroke: #9198a1; }
  }
</style>`;

const kinds = [
  ["sigil", "Sigil, signature verified"],
  ["unchecked", "Sigil, client alone"],
  ["peer", "peer, nothing verified"],
  ["floor", "floor"],
] as const;

const legend = kinds
  .map(([kind, text], at) => {
    const x = 16 + at * 205;
    return `<rect class="${kind}" x="${x}" y="34" width="12" height="12"/><text x="${x + 18}" y="45">${text}</text>`;
  })
  .join("\n");

function block(title: string, bars: readonly Bar[], top: number, scale: number): string {
  const one = barsFrom + scale;
  const bottom = top + (bars.length + 1) * lineHeight;
  return [
    `<text class="title" x="16" y="${top + 16}">${title}</text>`,
    ...bars.map((bar, at) => drawBar(bar, top + (at + 1) * lineHeight, scale)),
    `<line class="one" x1="${px(one)}" x2="${px(one)}" y1="${top + lineHeight - 2}" y2="${bottom}"/>`,
  ].join("\n");
}

function drawBar({ row, ratio }: Bar, y: number, scale: number): string {
  const at = (value: number): string => px(barsFrom + value * scale);
  const middle = y + 8;
  return [
    `<text x="${barsFrom - 8}" y="${y + 13}" text-anchor="end">${escapeXml(row.name)}</text>`,
    `<rect class="${kindOf(row)}" x="${barsFrom}" y="${y}" width="${px(ratio.median * scale)}" height="16"/>`,
    `<line class="range" x1="${at(ratio.low)}" x2="${at(ratio.high)}" y1="${middle}" y2="${middle}"/>`,
    `<text x="${px(barsFrom + ratio.high * scale + 6)}" y="${y + 13}">${ratio.median.toFixed(2)}</text>`,
  ].join("");
}

function kindOf({ group, verifies }: Row): string {
  if (group === "peer" || group === "floor") return group;
  return verifies ? "sigil" : "unchecked";
}

const px = (value: number): string => value.toFixed(1);

const escapeXml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
