import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "@libsql/client/sqlite3";
import { note } from "@sigil/testing/note";
import { notRun } from "@sigil/testing/notRun";
import { describe, expect, onTestFinished, test } from "vitest";
import { client, digest, firstEvm, until } from "../../test/client.js";
import { controlOf } from "../../test/control.js";
import { createEmulator, type Emulator } from "../index.js";
import { fileUrl } from "./files.js";
import { openStorage, type Storage, type StorageOptions, type StorageState } from "./index.js";
import { loadLibsql } from "./libsql.js";

const keyed = (key: string): RequestInit => ({ headers: { "idempotency-key": key } });

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "sigil-storage-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function open(
  options: StorageOptions,
  approval: "auto" | "manual" = "auto",
): Promise<{ emulator: Emulator; storage: Storage }> {
  const storage = await openStorage(options);
  onTestFinished(() => storage.close());
  const emulator = createEmulator({ journal: storage.journal, approval });
  await emulator.settled();
  return { emulator, storage };
}

/** Another SQLite client, as somebody's database tool is one. */
function other(dir: string, file = "sigil.db"): Client {
  const connection = createClient({ url: fileUrl(join(dir, file)) });
  onTestFinished(() => connection.close());
  return connection;
}

/** What of an emulator must be the same in another one of the same storage. */
const all = (emulator: Emulator): object => ({
  sp: emulator.sp,
  sps: emulator.sps.list(),
  appliances: emulator
    .appliances()
    .map((each) => [each.id, each.name, each.online(), each.wallets(), each.pairs()]),
  policy: emulator.policy.get(),
  rules: emulator.rules.list(),
});

/** A pairing, a signature by key, a revoked pairing, an imported key, a second appliance, a policy and a rule. */
async function live(emulator: Emulator): Promise<{ pairId: string; revoked: string; signed: unknown }> {
  const sp = client(emulator);
  const [pairId, revoked] = [await sp.pair(), await sp.pair()];
  const signed = await sp.sign(firstEvm, digest, { pair_id: pairId }, keyed("first"));
  await sp.del(`/sp/pairings/${revoked}`);
  emulator.appliance.importKey({ chain: "base", privateKey: "22".repeat(32) });
  emulator.addAppliance({ name: "second" }).setOnline(false);
  emulator.sps.addSigningKey(
    emulator.sp.id,
    emulator.addSp({ name: "Bo's", logo: "https://b.test/" }).publicKey,
  );
  emulator.policy.set({ maxWrongCodes: 7 });
  emulator.rules.add({ when: { kind: "sign" }, then: "approve" });
  await emulator.settled();
  return { pairId, revoked, signed: signed.body };
}

/** The same state, with another value of this setting. */
const settingOf = (name: string, value: string | null) => (state: StorageState) => {
  const others = state.tables.settings?.filter((row) => row.name !== name) ?? [];
  return { ...state, tables: { ...state.tables, settings: [...others, { name, value }] } };
};

/** The same state, with other columns of its appliances. */
const applianceWith = (columns: object) => (state: StorageState) => {
  const appliances = state.tables.appliances?.map((row) => ({ ...row, ...columns }));
  return { ...state, tables: { ...state.tables, appliances } };
};

describe("openStorage", () => {
  test("default: an emulator of the same folder goes on where the last one ended", async () => {
    const dir = join(folder(), "made", "for it");
    const first = await open({ dir });
    const { pairId, revoked, signed } = await live(first.emulator);
    await first.storage.close();
    const begun = performance.now();
    const { emulator } = await open({ dir });
    const sp = client(emulator);
    const again = await sp.sign(firstEvm, digest, { pair_id: pairId }, keyed("first"));
    note(
      `a stored emulator: ${Math.round(performance.now() - begun)} ms from opening its folder to the first answer`,
    );
    expect(again.body).toEqual(signed);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(emulator.appliance.prompts("sign")).toBe(0);
    expect(all(emulator)).toEqual(all(first.emulator));
    expect((await sp.sign(firstEvm, digest, { pair_id: revoked })).body.error.code).toBe("pair_revoked");
    expect((await sp.sign(firstEvm, digest, { pair_id: pairId })).status).toBe(200);
  });

  test("behavior: its owner alone may read it, and neither API key nor seed is in the database", async () => {
    const dir = join(folder(), "data");
    const { emulator } = await open({ dir });
    await live(emulator);
    const files = readdirSync(dir);
    expect(files.toSorted()).toEqual(["lock", "sigil.db", "sigil.db-shm", "sigil.db-wal", "sp.env"]);
    if (process.platform !== "win32") {
      expect(statSync(dir).mode & 0o777).toBe(0o700);
      for (const file of files) expect([file, statSync(join(dir, file)).mode & 0o777]).toEqual([file, 0o600]);
    }
    const { apiKey, privateKeySeed } = emulator.sp;
    expect(readFileSync(join(dir, "sp.env"), "utf8")).toContain(
      `SIGIL_API_KEY=${apiKey}\nSIGIL_SP_SEED=${privateKeySeed}\n`,
    );
    for (const file of files.filter((name) => name !== "sp.env")) {
      const bytes = readFileSync(join(dir, file)).toString("latin1");
      for (const secret of [apiKey, privateKeySeed]) expect(bytes).not.toContain(secret);
    }
  });

  test("behavior: a service provider that another client inserts, as the docs say, is known at the next request", async () => {
    const dir = folder();
    const { emulator } = await open({ dir });
    const page = readFileSync(
      new URL("../../../../docs/testing-with-the-emulator.md", import.meta.url),
      "utf8",
    );
    const sql = /```sql\n([^`]+)```/.exec(page)?.[1] ?? "";
    const apiKey = /printf %s (\S+) \| sha256sum/.exec(page)?.[1] ?? "";
    const privateKeySeed = /seed `([\w-]{43})`/.exec(page)?.[1] ?? "";
    const ada = client(emulator, { ...emulator.sp, apiKey, privateKeySeed });
    expect((await ada.session()).status).toBe(401);
    const pair = await client(emulator).pair();
    await other(dir).executeMultiple(sql);
    const pairId = await ada.pair();
    expect((await ada.sign(firstEvm, digest, { pair_id: pairId })).status).toBe(200);
    expect(emulator.sps.list().map(({ name }) => name)).toEqual(["Test service provider", "Ada's"]);
    expect((await client(emulator).sign(firstEvm, digest, { pair_id: pair })).status).toBe(200);
    await other(dir).execute("DELETE FROM api_keys WHERE last_four = 'page'");
    expect((await ada.session()).status).toBe(401);
  });

  test.each([
    ["created_at", "yesterday"],
    ["created_at", "2026-02-31T00:00:00Z"],
    ["created_at", "2026-01-01T25:00:00Z"],
    ["created_at", "2026-01-01 00:00:00"],
    ["rate_limit", '{"requests":-1,"perMs":1000}'],
    ["rate_limit", '{"requests":1.5,"perMs":1000}'],
    ["rate_limit", '{"requests":1,"perMs":0}'],
    ["rate_limit", '{"requests":1,"perMs":2147483648}'],
    ["rate_limit", '{"requests":1}'],
  ])("behavior: another client cannot insert %s %j, which octane could not go by", async (column, value) => {
    const dir = folder();
    await open({ dir });
    const insert = (given: string) =>
      other(dir).execute(`INSERT INTO users (id, name, ${column}) VALUES ('prime', 'Prime', ?)`, [given]);
    await expect(insert(value)).rejects.toThrow("CHECK constraint failed");
    const good = column === "created_at" ? "2026-02-28T23:59:59.123Z" : '{"requests":0,"perMs":1}';
    expect((await insert(good)).rowsAffected).toBe(1);
  });

  test("behavior: what an emulator has not written yet is not lost over what somebody else writes", async () => {
    const dir = folder();
    const { emulator } = await open({ dir });
    const insert = other(dir);
    for (let i = 0; i < 5; i += 1) {
      await insert.execute({ sql: "INSERT INTO users (id, name) VALUES (?, 'Other')", args: [`other-${i}`] });
      const asked = client(emulator).session();
      const { apiKey } = emulator.addSp({ name: "Told meanwhile" });
      expect((await asked).status).toBe(201);
      expect((await client(emulator, { ...emulator.sp, apiKey }).session()).status).toBe(201);
    }
    const names = emulator.sps.list().map(({ name }) => name);
    expect(names.filter((name) => name === "Told meanwhile")).toHaveLength(5);
    expect(names.filter((name) => name === "Other")).toHaveLength(5);
  });

  test.each([
    ["no name", "INSERT INTO users (id, name) VALUES ('a', '')"],
    [
      "a key of nobody's",
      "INSERT INTO api_keys (user_id, key_hash, last_four) VALUES ('a', printf('%064d', 1), '0001')",
    ],
    ["an API key itself", "UPDATE api_keys SET key_hash = 'sk_test_emulator_x'"],
    ["a key of another length", "UPDATE signing_keys SET public_key = 'AAAA'"],
    ["a key in another spelling", "UPDATE signing_keys SET public_key = substr(public_key, 1, 42) || 'B'"],
    ["no list", "UPDATE users SET allowed_return_origins = 'https://a.test'"],
    ["no limit", "UPDATE users SET rate_limit = '{}'"],
  ])("parameters: the database refuses %s", async (_, sql) => {
    const dir = folder();
    await open({ dir });
    await expect(other(dir).execute(sql)).rejects.toThrow(/constraint/);
  });

  test("behavior: a folder in use, here or elsewhere, is refused; free again once it is closed", async () => {
    const dir = folder();
    const { storage } = await open({ dir });
    await expect(openStorage({ dir })).rejects.toMatchObject({
      code: "in_use",
      message: `The folder ${dir} is in use: end the emulator that uses it, or give another folder.`,
    });
    await storage.close();
    await (await openStorage({ dir })).close();
  });

  test("behavior: a newer schema, another file and credentials cut short are refused by name, and left as they are", async () => {
    const dir = folder();
    const { storage, emulator } = await open({ dir });
    await storage.close();
    const { apiKey } = emulator.sp;
    const env = join(dir, "sp.env");
    writeFileSync(env, readFileSync(env, "utf8").replace(/SIGIL_SP_SEED.*/, ""));
    await expect(openStorage({ dir })).rejects.toThrow(`${env} has no SIGIL_SP_SEED: restore it`);
    expect(readFileSync(env, "utf8")).toContain(apiKey);
    const newer = other(dir);
    await newer.execute("UPDATE schema_version SET version = 99");
    await expect(openStorage({ dir })).rejects.toMatchObject({
      code: "newer_schema",
      message: `${join(dir, "sigil.db")} has version 99 of the schema, and this is version 1: update @sigil/emulator.`,
    });
    expect((await newer.execute("SELECT version FROM schema_version")).rows[0]?.version).toBe(99);
    const elsewhere = folder();
    writeFileSync(join(elsewhere, "sigil.db"), "not a database, but long enough to be looked at".repeat(99));
    await expect(openStorage({ dir: elsewhere })).rejects.toMatchObject({ code: "unusable" });
    await expect(openStorage({ dir: env })).rejects.toThrow(`${env} cannot be used (EEXIST)`);
  });

  test("behavior: where it cannot be written, no answer leaves; once it can, all is there", async () => {
    const dir = folder();
    const { emulator } = await open({ dir });
    const sp = client(emulator);
    const inTheWay = other(dir);
    await inTheWay.execute(
      "CREATE TRIGGER full BEFORE INSERT ON sessions BEGIN SELECT RAISE(ABORT, 'full'); END",
    );
    const { status, body } = await sp.session();
    expect([status, body.error.code]).toEqual([500, "internal_error"]);
    expect(body.error.message).toContain(`${join(dir, "sigil.db")} cannot be used (SQLITE_CONSTRAINT)`);
    await inTheWay.execute("DROP TRIGGER full");
    expect((await sp.session()).status).toBe(201);
    expect((await inTheWay.execute("SELECT count(*) AS n FROM sessions")).rows[0]?.n).toBe(2);
  });

  test.each<[string, (emulator: Emulator, id: string) => void]>([
    ["sps.remove", (emulator, id) => emulator.sps.remove(id)],
    ["reset", (emulator) => emulator.reset()],
  ])(
    "behavior: whose body comes in after its removal by %s gets 401, and all others their answers",
    async (_, remove) => {
      const { emulator } = await open({ dir: folder() });
      const gone = emulator.addSp();
      const body = new TransformStream<Uint8Array, Uint8Array>();
      const writer = body.writable.getWriter();
      const begun = writer.write(new TextEncoder().encode(" "));
      const headers = { "content-type": "application/json", "idempotency-key": "first" };
      const init = { headers, body: body.readable, duplex: "half" } as RequestInit;
      const answer = client(emulator, gone).raw("POST", "/sp/sign", init);
      // Read by octane, which therefore knows who asks.
      await begun;
      remove(emulator, gone.id);
      await writer.write(new TextEncoder().encode("{}"));
      await writer.close();
      expect((await answer).status).toBe(401);
      expect((await client(emulator).session()).status).toBe(201);
    },
  );

  test("behavior: an answer whose service provider another client deletes meanwhile keeps nothing else from storage", async () => {
    const dir = folder();
    const { emulator } = await open({ dir }, "manual");
    const gone = emulator.addSp();
    const sp = client(emulator, gone);
    await sp.pair();
    const answer = sp.sign(firstEvm, digest, {}, keyed("first"));
    const request = await until(async () => (await emulator.appliance.requests())[0]);
    await other(dir).execute("DELETE FROM users WHERE id = ?", [gone.id]);
    await request.approve();
    await answer;
    expect((await client(emulator).session()).status).toBe(201);
    const { rows } = await other(dir).execute("SELECT count(*) AS n FROM sessions WHERE frame IS NULL");
    expect(rows[0]?.n).toBe(1);
    expect((await sp.session()).status).toBe(401);
  });

  if (process.platform !== "linux") notRun("a folder below /proc", "run the tests on Linux");
  else {
    test("behavior: a folder that the system does not let be made is refused, and not tried for ever", async () => {
      const dir = "/proc/sigil-storage/data";
      await expect(openStorage({ dir })).rejects.toThrow(`${dir} cannot be used (ENOENT)`);
    });
  }

  test("behavior: a closed storage is told so", async () => {
    const { emulator, storage } = await open({});
    await storage.close();
    await storage.close();
    emulator.policy.set({ maxWrongCodes: 5 });
    await expect(emulator.settled()).rejects.toMatchObject({ code: "closed" });
  });

  test("behavior: a request nobody waits for any more is decided after the storage has closed, and breaks nothing", async () => {
    const { emulator, storage } = await open({}, "manual");
    const sp = client(emulator);
    await sp.pair();
    const controller = new AbortController();
    const answer = sp.sign(firstEvm, digest, {}, { ...keyed("one"), signal: controller.signal });
    answer.catch(() => {});
    const request = await until(async () => (await emulator.appliance.requests())[0]);
    controller.abort();
    await storage.close();
    await request.approve();
    expect(await emulator.appliance.requests()).toEqual([]);
  });

  test("behavior: a decision that nobody waits for is there after a restart", async () => {
    const dir = folder();
    const first = await open({ dir }, "manual");
    const sp = client(first.emulator);
    await sp.pair();
    const controller = new AbortController();
    const answer = sp.sign(firstEvm, digest, {}, { ...keyed("one"), signal: controller.signal });
    answer.catch(() => {});
    const request = await until(async () => (await first.emulator.appliance.requests())[0]);
    controller.abort();
    await request.approve();
    const connection = other(dir);
    await until(async () => (await connection.execute("SELECT 1 FROM sign_requests")).rows[0]);
    await first.storage.close();
    const again = await open({ dir }, "manual");
    const { status, headers } = await client(again.emulator).sign(firstEvm, digest, {}, keyed("one"));
    expect([status, headers.get("idempotency-replayed")]).toEqual([200, "true"]);
  });

  test("behavior: without the package, the command that installs it", async () => {
    const missing = () => Promise.reject(new Error("Cannot find package"));
    await expect(loadLibsql(missing)).rejects.toThrow("npm install --save-dev @libsql/client");
  });

  test("behavior: a folder that may not be written is refused", async () => {
    const dir = folder();
    chmodSync(dir, 0o500);
    onTestFinished(() => chmodSync(dir, 0o700));
    if (process.getuid?.() === 0 || process.platform === "win32") return;
    await expect(openStorage({ dir: join(dir, "data") })).rejects.toMatchObject({ code: "unusable" });
  });
});

describe("export", () => {
  test("default: another emulator of the state has the same keys, pairs, answers and service providers", async () => {
    const { emulator, storage } = await open({});
    const { pairId, revoked, signed } = await live(emulator);
    const state = JSON.parse(JSON.stringify(await storage.export())) as StorageState;
    const dir = folder();
    for (const options of [{ state }, { dir, state }]) {
      const { emulator: later, storage: taken } = await open(options);
      expect(all(later)).toEqual(all(emulator));
      expect(await taken.export()).toEqual(state);
      const sp = client(later);
      expect((await sp.sign(firstEvm, digest, { pair_id: pairId }, keyed("first"))).body).toEqual(signed);
      expect((await sp.sign(firstEvm, digest, { pair_id: revoked })).body.error.code).toBe("pair_revoked");
      expect((await sp.sign(firstEvm, digest, { pair_id: pairId })).status).toBe(200);
      await taken.close();
    }
    await expect(openStorage({ dir, state })).rejects.toMatchObject({ code: "not_empty" });
  });

  test.each<[string, (state: StorageState) => unknown, string]>([
    ["something else", () => ({ accounts: {} }), "it is not what export gives"],
    ["nothing", () => null, "it is not what export gives"],
    ["a newer one", (state) => ({ ...state, schema_version: 99 }), "This state has version 99 of the schema"],
    ["another table", (state) => ({ ...state, tables: { pets: [] } }), "there is no table pets"],
    [
      "another column",
      (state) => ({ ...state, tables: { users: [{ "id) VALUES (1); --": "x" }] } }),
      "table users has no column",
    ],
    ["a nested value", (state) => ({ ...state, tables: { users: [{ id: {} }] } }), "users.id is neither"],
    [
      "keys of nobody's",
      (state) => ({ ...state, tables: { api_keys: state.tables.api_keys } }),
      "its rows do not fit together (SQLITE_CONSTRAINT)",
    ],
    ["a setting of another name", settingOf("pets", "{}"), "there is no setting pets"],
    ["a setting that is null", settingOf("policy", null), "its setting policy is none (it is no object)"],
    ["a setting that is no JSON", settingOf("octane", "PfDf"), "its setting octane is none (it is not JSON)"],
    ["a key that is none", settingOf("octane", '{"seed":"PfDf"}'), "(seed must be 32 bytes as base64url)"],
    [
      "a policy of nothing",
      settingOf("policy", '{"policy":"{}"}'),
      "(maxWrongCodes must be from 1 to 1000000)",
    ],
    ["no policy", settingOf("policy", '{"policy":"null"}'), "its setting policy is none (it is no object)"],
    ["two settings in one", settingOf("policy", '{"policy":"{}","rules":"["}'), "(it must be { policy })"],
    [
      "rules that are no list",
      settingOf("rules", '{"rules":"{}"}'),
      "its setting rules is none (it is no list)",
    ],
    [
      "a rule that is none",
      settingOf("rules", JSON.stringify({ rules: '[{"then":"approve","if":1}]' })),
      'its setting rules is none (A rule has no field "if": use when, then)',
    ],
    [
      "words that are none",
      applianceWith({ mnemonic: "secret words" }),
      "(mnemonic must be 12 to 24 English",
    ],
    ["no wallets", applianceWith({ wallets_per_chain: 0 }), "(wallets_per_chain must be from 1 to 100)"],
    ["keys that are no list", applianceWith({ imported_keys: "{}" }), "(it is no list)"],
    [
      "a key that is no key",
      applianceWith({ imported_keys: '[{"chain":"base","private_key":"secret"}]' }),
      "its appliance Appliance 1 has no such wallets (A private key is hex",
    ],
  ])("parameters: %s is refused, and the folder stays empty", async (_, change, message) => {
    const { storage } = await open({});
    const state = change(await storage.export()) as StorageState;
    const dir = folder();
    const error = await openStorage({ dir, state }).catch(String);
    expect(error).toContain(message);
    expect(error).not.toContain("secret");
    const { storage: empty } = await open({ dir });
    expect((await empty.export()).tables.users).toHaveLength(1);
  });
});

describe("from outside of the process", () => {
  test("behavior: what the control API has acknowledged is in the folder", async () => {
    const dir = folder();
    const { emulator } = await open({ dir });
    const { ask } = controlOf(emulator);
    const { body: made } = await ask("POST", "/service-providers", { name: "Prime" });
    expect((await ask("POST", "/rules", { then: "approve" })).status).toBe(201);
    const database = other(dir);
    const names = await database.execute("SELECT name FROM users WHERE id = ?", [made.id]);
    expect(names.rows.map(({ name }) => name)).toEqual(["Prime"]);
    const keys = "SELECT count(*) AS count FROM api_keys WHERE user_id = ?";
    expect((await database.execute(keys, [made.id])).rows[0]?.count).toBe(1);
    const [key] = emulator.sps.list().find(({ id }) => id === made.id)?.api_keys ?? [];
    expect((await ask("DELETE", `/service-providers/${made.id}/api-keys/${key?.id}`)).status).toBe(204);
    expect((await database.execute(keys, [made.id])).rows[0]?.count).toBe(0);
    const rules = await database.execute("SELECT count(*) AS count FROM settings WHERE name = 'rules'");
    expect(rules.rows[0]?.count).toBe(1);
  });

  test("behavior: whose credentials were removed starts with others that work", async () => {
    const dir = folder();
    const { emulator, storage } = await open({ dir });
    const { id, apiKey, publicKey } = emulator.sp;
    const [key] = emulator.sps.list()[0]?.api_keys ?? [];
    emulator.sps.removeApiKey(id, key?.id ?? "");
    emulator.sps.removeSigningKey(id, publicKey);
    await storage.close();
    const { emulator: again } = await open({ dir });
    expect(again.sp.id).toBe(id);
    expect([again.sp.apiKey === apiKey, again.sp.publicKey === publicKey]).toEqual([false, false]);
    await client(again).pair();
    expect((await client(again).sign(firstEvm)).status).toBe(200);
    expect(readFileSync(join(dir, "sp.env"), "utf8")).toContain(again.sp.apiKey);
  });

  test("behavior: a state whose credentials would be more than variables is none", async () => {
    const { storage } = await open({});
    const state = await storage.export();
    const settings = state.tables.settings?.map((row) =>
      row.name === "sp"
        ? { ...row, value: String(row.value).replace(/sk_test_[\w-]+/, "$&\\\\nNODE_OPTIONS=--require=x") }
        : row,
    );
    const spoilt = { ...state, tables: { ...state.tables, settings: settings ?? [] } };
    await expect(openStorage({ dir: folder(), state: spoilt })).rejects.toMatchObject({
      code: "bad_state",
      message: expect.stringContaining("apiKey is none"),
    });
    const none = { ...state, tables: { ...state.tables, users: [null] } } as unknown as StorageState;
    await expect(openStorage({ dir: folder(), state: none })).rejects.toMatchObject({
      code: "bad_state",
      message: expect.stringContaining("users has a row that is none"),
    });
  });
});
