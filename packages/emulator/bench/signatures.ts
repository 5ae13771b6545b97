/**
 * How fast one process signs: auto-approved, through `emulator.fetch`, the requests signed beforehand so that a client's
 * work is not counted. Prints signatures a second on EVM and Solana, and the memory before and after.
 *
 *   node --import tsx --conditions=@sigil/source bench/signatures.ts [signatures] [at once] [--json]
 */
import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createEmulator } from "../src/index.js";
import { signDigest } from "../src/internal/secp256k1.js";
import { base, client, digest, firstEvm, signBody } from "../test/client.js";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;
const asJson = process.argv.includes("--json");
const [signatures = 100_000, atOnce = 32] = process.argv
  .slice(2)
  .filter((each) => each !== "--json")
  .map(Number);
const emulator = createEmulator();
const sp = client(emulator);
await sp.pair();
const headers = { authorization: `Bearer ${emulator.sp.apiKey}`, "content-type": "application/json" };
const solana = emulator.appliance.wallets().find(({ chain }) => chain === "solana")?.address ?? "";

/** A few different ones, over and over. */
function workload(address: string): RequestInit[] {
  return Array.from({ length: 256 }, (_, at) => ({
    method: "POST",
    headers,
    body: JSON.stringify(
      signBody(
        emulator.sp,
        address,
        digest.map((byte, i) => byte ^ (i === 0 ? at : 0)),
      ),
    ),
  }));
}

async function signOne(init: RequestInit | undefined): Promise<void> {
  const response = await emulator.fetch(`${base}/sp/sign`, init);
  const { device_signature } = await response.json();
  if (typeof device_signature !== "string") throw new Error(`No signature: ${response.status}`);
}

type Speed = { readonly perSecond: number; readonly cpuMicros: number };

/** What `--json` prints. */
export type SignaturesReport = {
  readonly signatures: number;
  readonly evm: Speed;
  readonly ed25519: Speed;
  /** What is still referred to, in MiB: before those signatures, and after them. */
  readonly heapMiB: readonly [before: number, after: number];
  readonly rssMiB: number;
};

/** Signatures a second, so many at once, and what one costs: on a busy machine only the cost means anything. */
async function rate(address: string, count: number): Promise<Speed> {
  const requests = workload(address);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let mine = next++; mine < count; mine = next++) await signOne(requests[mine % requests.length]);
  };
  const start = performance.now();
  const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: atOnce }, work));
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: count / ((performance.now() - start) / 1000), cpuMicros: (user + system) / count };
}

for (const address of [firstEvm, solana]) await rate(address, 500);

/** What is still referred to, in MiB. */
function heap(): number {
  for (let i = 0; i < 4; i += 1) gc();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
// What is kept for records of the last calls is full by then.
await rate(firstEvm, signatures / 10);
const heapBefore = heap();
const evm = await rate(firstEvm, signatures / 2);
const ed25519 = await rate(solana, signatures / 2);
const heapAfter = heap();

/** What no emulator in JavaScript can be faster than. */
function floor(count: number): Speed {
  const secret = new Uint8Array(32).fill(1);
  const start = performance.now();
  const cpu = process.cpuUsage();
  for (let at = 0; at < count; at += 1) signDigest(digest, secret);
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: count / ((performance.now() - start) / 1000), cpuMicros: (user + system) / count };
}

const rssMiB = process.memoryUsage.rss() / 2 ** 20;
const report: SignaturesReport = { signatures, evm, ed25519, heapMiB: [heapBefore, heapAfter], rssMiB };

const show = (what: string, { perSecond, cpuMicros }: Speed): string =>
  `${what}: ${perSecond.toFixed(0)} signatures/s, ${cpuMicros.toFixed(0)} µs of CPU each`;

const lines = (): readonly string[] => [
  show(`EVM, ${atOnce} at once`, evm),
  show(`Solana, ${atOnce} at once`, ed25519),
  show("secp256k1 alone, in JavaScript", floor(2_000)),
  `heap after ${signatures / 10} signatures: ${heapBefore.toFixed(1)} MiB, after ${signatures} more: ${heapAfter.toFixed(1)} MiB`,
  `RSS after ${signatures} signatures: ${rssMiB.toFixed(0)} MiB`,
];

process.stdout.write(asJson ? JSON.stringify(report) : `${lines().join("\n")}\n`);
