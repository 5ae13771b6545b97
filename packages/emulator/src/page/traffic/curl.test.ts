import { expect, test } from "vitest";
import { client } from "../../../test/client.js";
import { controlOf } from "../../../test/control.js";
import { createEmulator } from "../../index.js";
import { curlOf } from "./curl.js";

test("default: the key comes from the environment, quotes stay text", async () => {
  const emulator = createEmulator();
  await client(emulator).post("/sp/pair/sessions", { sp_user_ref: "o'neill; rm -rf $HOME" });
  expect(curlOf(emulator.traffic.list()[0]!)).toBe(
    [
      "curl -X 'POST' 'https://octane.test/octane/sp/pair/sessions'",
      '-H "authorization: Bearer $SIGIL_API_KEY"',
      "-H 'content-type: application/json'",
      `--data-raw '{"sp_user_ref":"o'\\''neill; rm -rf $HOME"}'`,
    ].join(" \\\n  "),
  );
});

test("behavior: a body without its code goes without its Idempotency-Key, and the page says what to fill in", async () => {
  const emulator = createEmulator();
  const sp = client(emulator);
  const pairId = await sp.pairPending();
  const headers = { "idempotency-key": "first" };
  const answer = await sp.post("/sp/pair/validate", { pair_id: pairId, code: "123456" }, { headers });
  await sp.post("/sp/pair/sessions", {}, { headers });
  const [validated, other] = emulator.traffic.list().slice(-2);
  const command = curlOf(validated!);
  expect(command).toContain(`--data-raw '{"pair_id":"${pairId}","code":"…"}'`);
  expect(command).not.toContain("idempotency-key");
  expect(curlOf(other!)).toContain("-H 'idempotency-key: first'");

  const page = await controlOf(emulator).raw("GET", "/_emulator/page/traffic");
  expect((await page.text()).match(/data-part="partial"/g)).toHaveLength(1);

  // Sent once the code is filled in: a request of its own, and no mistake.
  const body = /--data-raw '(.*)'/.exec(command)?.[1]?.replace("…", "123456") ?? "";
  const again = await sp.post("/sp/pair/validate", JSON.parse(body));
  expect([again.status, again.body]).toEqual([200, answer.body]);
});
