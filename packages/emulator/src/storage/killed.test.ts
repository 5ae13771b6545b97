import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client/sqlite3";
import { note } from "@sigil/testing/note";
import { rounds } from "@sigil/testing/promises";
import { expect, onTestFinished, test } from "vitest";
import { encode } from "../../test/client.js";
import { type Life, liveUntilKilled, type Signed, sign } from "../../test/killed/life.js";
import { bundleProgram, type Running, startProgram } from "../../test/killed/startProgram.js";
import { fileUrl } from "./files.js";
import { openStorage } from "./index.js";

/** How many of each kind are looked at after a kill, the youngest: octane keeps the last 1,000 answers. */
const lookedAt = 6;

/** What was found after all kills. `underWay`: without an answer when killed; `anew`: asked of the owner again. */
type Found = { lost: number; undone: number; twice: number; underWay: number; anew: number };

/** The answers in the database of a program that is gone, by key. */
async function recorded(dir: string): Promise<ReadonlyMap<string, string>> {
  const database = createClient({ url: fileUrl(join(dir, "sigil.db")) });
  const { rows } = await database.execute("SELECT idempotency_key, body FROM sign_requests");
  database.close();
  const same = (body: unknown): string => JSON.stringify(JSON.parse(String(body)));
  return new Map(rows.map(({ idempotency_key, body }) => [String(idempotency_key), same(body)]));
}

/** How often the owner has approved each payload. */
function approvalsIn(file: string): (call: Signed) => number {
  const counts = new Map<string, number>();
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return ({ payload }) => counts.get(encode(payload)) ?? 0;
}

/** Repeats calls, answered or not: what is on record is the answer, and nobody is asked for it. */
async function repeat(
  { http }: Running,
  calls: readonly Signed[],
  kept: ReadonlyMap<string, string>,
  found: Found,
): Promise<void> {
  for (const call of calls) {
    const [given, record] = [call.body, kept.get(call.key)];
    if (given === undefined) found.underWay += 1;
    if (given !== undefined && record !== given) found.lost += 1;
    if (record === undefined && call.pair.revoking) continue;
    call.body = await sign(http, call).catch((error: Error) => error.message);
    if (record === undefined) found.anew += 1;
    else if (call.body !== record) found.lost += 1;
  }
}

/** Looks at sessions, at pairings on both sides, and at what has been revoked. */
async function lookAround({ http, pairs }: Running, life: Life, found: Found): Promise<void> {
  const owner = await pairs();
  for (const { id, session, active, revoking, revoked } of life.pairs.slice(-lookedAt)) {
    const { status } = await http.get(`/sp/pairings/${id}/wallets`);
    const states = `${status} ${owner.get(id)}`;
    if ((await http.result(session)).pair_id !== id) found.lost += 1;
    if (revoked && states !== "403 revoked") found.undone += 1;
    if (!revoking && !(active ? /^200 active$/ : /^200 (active|pending)$/).test(states)) found.lost += 1;
  }
  for (const id of life.sessions.slice(-lookedAt)) {
    // Its stream is not waited for: it may have been killed before its owner had scanned it.
    const { status, body } = await http.raw("GET", `/sp/pair/sessions/${id}/result`);
    await body?.cancel();
    if (status !== 200) found.lost += 1;
  }
}

test("behavior: killed at any moment, nothing acknowledged is lost, no revocation comes undone, no key is signed twice", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sigil-killed-"));
  const [dir, file] = [join(folder, "data"), join(folder, "approvals")];
  const { path, remove } = await bundleProgram();
  const first = await startProgram(path, dir, file);
  let program = first;
  onTestFinished(async () => {
    await program.kill();
    remove();
    rmSync(folder, { recursive: true, force: true });
  });
  await expect(openStorage({ dir })).rejects.toMatchObject({ code: "in_use" });

  const life: Life = { sessions: [], pairs: [], signed: [] };
  const found: Found = { lost: 0, undone: 0, twice: 0, underWay: 0, anew: 0 };
  const [kills, startMs] = [rounds(200), [] as number[]];
  for (let round = 0; round < kills; round += 1) {
    await liveUntilKilled(program, life);
    const [before, kept] = [approvalsIn(file), await recorded(dir)];
    program = await startProgram(path, dir, file);
    startMs.push(program.tookMs);
    expect([program.sp, program.wallets]).toEqual([first.sp, first.wallets]);
    const calls = life.signed.slice(-lookedAt);
    await repeat(program, calls, kept, found);
    const after = approvalsIn(file);
    found.twice += calls.filter((call) => kept.has(call.key) && after(call) !== before(call)).length;
    await lookAround(program, life, found);
  }
  const median = startMs.toSorted((a, b) => a - b)[startMs.length >> 1] ?? 0;
  note(
    `killed ${kills} times: of ${life.signed.length} signatures, ${life.pairs.length} pairings and ${life.sessions.length} sessions ` +
      `${found.lost} lost, ${found.undone} revocations undone, ${found.twice} keys signed twice; ${found.underWay} signatures ` +
      `were under way, ${found.anew} asked anew; ${Math.round(median)} ms from start to listening`,
  );
  expect(found).toMatchObject({ lost: 0, undone: 0, twice: 0 });
  expect(found.underWay).toBeGreaterThan(0);
}, 1_200_000);
