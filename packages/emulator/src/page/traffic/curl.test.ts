import { expect, test } from "vitest";
import { client } from "../../../test/client.js";
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
