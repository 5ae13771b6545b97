/** The process of one row: `signRow.js <row> <base URL>`. Signs when it is told to, and tells what it took. */
import { evmSignature, solanaSignature } from "../fixtures.js";
import type { Chain, Signer } from "../rows/Row.js";
import { rowOf } from "../rows/rows.js";
import { allocate } from "./allocate.js";
import { profile } from "./profile.js";
import type { RowCall, RowReply } from "./protocol.js";
import { run } from "./run.js";

const [name = "", baseUrl = ""] = process.argv.slice(2);
const row = rowOf(name);
const ready = row.load().then((program) => program(baseUrl));
// Told with the first answer.
ready.catch(() => {});

process.on("message", (call: RowCall) => {
  answer(call).then(
    (reply) => process.send?.(reply),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on("disconnect", () => process.exit());

async function answer(call: RowCall): Promise<RowReply> {
  const signer = await ready;
  if (call.kind === "run") return { sample: await run(signer.sign, call) };
  if (call.kind === "profile")
    return { profile: await profile(async () => (await run(signer.sign, call)).asked) };
  if (call.kind === "allocate") return { bytes: await allocate(signer.sign, call.signatures) };
  if (call.kind === "first") {
    const start = performance.now();
    await signer.sign();
    return { ms: performance.now() - start };
  }
  await verify(signer, row.chain);
  return {};
}

/** That what is measured is a signature, and the right one. */
async function verify({ sign, signatureOf }: Signer, chain: Chain): Promise<void> {
  const signature = signatureOf((await sign()) as never);
  const hex = typeof signature === "string" ? signature : `0x${Buffer.from(signature).toString("hex")}`;
  const expected = chain === "evm" ? evmSignature : `0x${Buffer.from(solanaSignature).toString("hex")}`;
  if (hex !== expected) throw new Error(`signed ${hex} instead of ${expected}`);
}
