// A process that signs and then has nothing more to do: whether it ends by itself. R45.

import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { AstrotrainClient, type SignResult } from "@sigil/astrotrain";

export type ExitingSetup = {
  readonly octaneUrl: string;
  readonly apiKey: string;
  readonly privateKeySeed: string;
  readonly pairId: string;
  readonly address: string;
  /**
   * What is still open: a watch and a signature whose user does not decide, or a signature whose connection is being made, all
   * ended by `close`; or nothing.
   */
  readonly open: "watch and sign" | "connection" | "nothing";
};

export type Exiting = {
  /** Of the signature under way. */
  readonly kind: string | undefined;
  /** From when there was nothing more to do to when the process ends, which Node alone may decide. */
  readonly lastedMs: number;
};

/** The byte of the payload at which the owner looks for ever. */
const undecided = 255;

const { octaneUrl, apiKey, privateKeySeed, pairId, address, open } = JSON.parse(
  process.argv[2] ?? "",
) as ExitingSetup;
const client = new AstrotrainClient({ octaneUrl, apiKey, privateKeySeed });
const sign = (byte: number): Promise<SignResult> =>
  client.sign({ address, payload: new Uint8Array(32).fill(byte), algo: "secp256k1", pairId });

/** How the signature under way ends when the client is closed. */
async function closeDuring(underWay: Promise<unknown>): Promise<string> {
  const kind = underWay.catch((error: { kind: string }) => error.kind);
  // Long enough for all to have arrived; five processes that start at once take their time to connect.
  await sleep(open === "connection" ? 3_000 : 100);
  client.close();
  return String(await kind);
}

let kind: string | undefined;
if (open === "connection") kind = await closeDuring(sign(undecided));
else await Promise.all([1, 2, 3].map(sign));
if (open === "watch and sign") {
  client.watchPair({ pairId });
  kind = await closeDuring(sign(undecided));
}
const doneAt = performance.now();
process.once("exit", () => {
  const report: Exiting = { kind, lastedMs: performance.now() - doneAt };
  writeSync(1, JSON.stringify(report));
});
