import type { Part } from "./measure/measureParts.js";
import type { Row } from "./rows/Row.js";
import { floorName, rows } from "./rows/rows.js";

/** Rows that are worth a second look: what is sent with Node's fetch, and what is not. */
const representative = new Set([
  floorName,
  "node:http + SP signature",
  "client.sign, secp256k1",
  "@sigil/viem",
  "@sigil/viem, Node's HTTP",
  "@sigil/viem, accelerator + Node's HTTP",
  "@sigil/solana, kit",
  "@sigil/solana, kit, Node's HTTP",
]);

/**
 * The loads of a full run: every row one at a time, every row that sends something 64 at once, and in between the
 * representative ones; those and the peers also against an octane that takes 20 ms.
 *
 * @param only Rows whose name has this in it; the empty string is all of them.
 */
export function partsOf(only: string): readonly Part[] {
  const wanted = rows.filter(({ name }) => name.includes(only));
  const sending = wanted.filter(({ wire }) => wire !== undefined);
  const some = sending.filter(({ name }) => representative.has(name));
  const somePeers = sending.filter(({ name, group }) => representative.has(name) || group === "peer");
  const part = (concurrency: number, delayMs: number, rows: readonly Row[]): Part => ({
    load: { concurrency, delayMs },
    rows,
  });
  return [
    part(1, 0, wanted),
    part(16, 0, some),
    part(64, 0, sending),
    part(1, 20, somePeers),
    part(64, 20, some),
  ];
}
