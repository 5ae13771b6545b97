import { describe, expect, test } from "vitest";
import { client } from "../../../test/client.js";
import { createEmulator } from "../../index.js";

const now = Date.UTC(2030, 0, 1);
const emulator = createEmulator({ now: () => now, allowedReturnOrigins: ["https://you.com"] });
const sp = client(emulator);

describe("createPairSession", () => {
  test("default", async () => {
    const { status, body } = await sp.session();
    expect(status).toBe(201);
    expect(body).toEqual({
      session_id: expect.stringMatching(/^[\w-]{32}$/),
      pair_uri: `https://sigilvault.xyz/pair?session=${body.session_id}`,
      expires_at: "2030-01-01T00:05:00.000Z",
    });
  });

  test.each([1, 2, 300, 600])("parameters: expires_in_secs %d", async (expires_in_secs) => {
    const { body } = await sp.session({ expires_in_secs });
    expect(Date.parse(body.expires_at)).toBe(now + expires_in_secs * 1000);
  });

  test.each([0, -1, 601, 1.5, 1e300])("parameters: expires_in_secs %d is out of range", async (secs) => {
    const { status, body } = await sp.session({ expires_in_secs: secs });
    expect([status, body.error.code]).toEqual([400, "expires_out_of_range"]);
  });

  test.each(["https://you.com", "https://you.com/done?x=1#y", "https://YOU.com:443/"])(
    "parameters: return_url %s",
    async (return_url) => {
      const { status, body } = await sp.session({ return_url });
      expect([status, body.return_url]).toEqual([201, return_url]);
    },
  );

  test.each([
    "http://you.com",
    "https://you.com.evil.test",
    "https://evil.test/https://you.com",
    "https://user@you.com",
    "https://you.com:444",
    "https:you.com",
    "https:\\\\you.com",
    "https://you.com\t/",
    " https://you.com",
    "//you.com",
    "javascript:alert(1)",
    "data:text/html,x",
    "you.com",
  ])("parameters: return_url %s is denied", async (return_url) => {
    const { status, body } = await sp.session({ return_url });
    expect([status, body.error.code]).toEqual([403, "return_origin_denied"]);
  });

  test("behavior: no return_url is allowed unless set", async () => {
    const other = client(emulator, emulator.addSp());
    expect((await other.session({ return_url: "https://you.com" })).status).toBe(403);
  });

  test.each([
    ["sp_user_ref", { sp_user_ref: "" }],
    ["sp_user_ref", { sp_user_ref: null }],
    ["requested_scopes", { requested_scopes: [] }],
    ["requested_scopes", { requested_scopes: {} }],
    ["requested_scopes", { requested_scopes: Array(65).fill({ chain: "base", access: "sign" }) }],
    ["requested_scopes[0]", { requested_scopes: ["base"] }],
    ["requested_scopes[0].chain", { requested_scopes: [{ access: "sign" }] }],
    [
      "requested_scopes[1].access",
      {
        requested_scopes: [
          { chain: "base", access: "sign" },
          { chain: "base", access: "write" },
        ],
      },
    ],
    ["expires_in_secs", { expires_in_secs: "300" }],
    ["return_url", { return_url: 1 }],
    ["client_meta", { client_meta: "x" }],
  ])("behavior: names %s", async (path, more) => {
    const { status, body } = await sp.session(more);
    expect([status, body.error.code]).toEqual([400, "bad_request"]);
    expect(body.error.message.startsWith(`${path} must be`)).toBe(true);
  });

  test("behavior: an unknown chain is named by its path", async () => {
    const { body } = await sp.session({ requested_scopes: [{ chain: "constructor", access: "sign" }] });
    expect(body.error).toMatchObject({
      code: "unknown_chain",
      message: expect.stringMatching(/^requested_scopes\[0\]\.chain /),
    });
  });

  test("behavior: fields it does not know, and client_meta, do no harm", async () => {
    expect((await sp.session({ client_meta: { a: [1] }, later: true })).status).toBe(201);
  });

  test("behavior: ids are never the same", async () => {
    const made = await Promise.all(Array.from({ length: 200 }, () => sp.session()));
    expect(new Set(made.map(({ body }) => body.session_id)).size).toBe(200);
  });
});
