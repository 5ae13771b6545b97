import { describe, expect, test } from "vitest";
import { apiKeySecret } from "../errors/Secret.js";
import { httpDetails, reasonOf } from "./httpDetails.js";

const key = "sk_live_0123456789abcdefghijklmnop";
const of = (body: string, apiKey = key) =>
  httpDetails({ kind: "http", status: 502, body }, [apiKeySecret(apiKey)]);

describe("httpDetails", () => {
  test("default", () => {
    const body = JSON.stringify({ error: { code: "rate_limited" } });
    expect(httpDetails({ kind: "http", status: 429, body, retryAfterMs: 7000 }, [apiKeySecret(key)])).toEqual(
      {
        kind: "http",
        status: 429,
        body,
        code: "rate_limited",
        retryAfterMs: 7000,
      },
    );
  });

  test("behavior: the key is taken out, wherever it stands", () => {
    expect(of(`<p>Bearer ${key}</p>${key}`).body).toBe("<p>Bearer [api key]</p>[api key]");
  });

  test("behavior: a key across the cut shows no part of itself", () => {
    for (let inside = 1; inside < key.length; inside++) {
      const body = `${"x".repeat(64 * 1024 - inside)}${key}`;
      expect(of(body).body).not.toContain("sk");
      const cut = `${key.repeat(1_000)}${"é".repeat(20_000)}${key.slice(0, inside)}`;
      expect(of(cut).body).not.toMatch(/sk?$/);
    }
    expect(of("x".repeat(100_000)).body).toHaveLength(64 * 1024);
  });

  const odd = `sk_live_"ab/cd+ef&gh==<01>'23\\45%41`;
  const hexOf = (character: string, digits: number): string =>
    character.charCodeAt(0).toString(16).padStart(digits, "0");
  const spelled = (spell: (character: string) => string): string => [...odd].map(spell).join("");
  const phpOf = (text: string): string => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/");
  const entities: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#039" };

  test.each([
    ["as it is", odd],
    ["as JSON writes it", JSON.stringify(odd).slice(1, -1)],
    ["as PHP writes JSON", phpOf(odd)],
    ["as Go writes JSON", phpOf(odd).replace(/[&<>]/g, (each) => `\\u${hexOf(each, 4)}`)],
    ["in JSON within JSON", JSON.stringify(JSON.stringify(odd)).slice(3, -3)],
    ["with each character escaped", spelled((each) => `\\u${hexOf(each, 4).toUpperCase()}`)],
    ["with each byte escaped", spelled((each) => `\\x${hexOf(each, 2)}`)],
    ["as URLs write it", encodeURIComponent(odd)],
    ["as forms write it", new URLSearchParams({ key: odd }).toString().slice(4)],
    ["percent-encoded twice", encodeURIComponent(encodeURIComponent(odd))],
    ["with each byte percent-encoded", spelled((each) => `%${hexOf(each, 2)}`)],
    ["as HTML writes it", odd.replace(/[&<>"']/g, (each) => `&${entities[each]};`)],
    ["in decimal entities", spelled((each) => `&#${each.charCodeAt(0)};`)],
    ["in hexadecimal entities", spelled((each) => `&#x${hexOf(each, 4)};`)],
    [
      "as JSON within HTML",
      JSON.stringify(odd).slice(1, -1).replaceAll("&", "&amp;").replaceAll('"', "&quot;"),
    ],
    ["in base64", Buffer.from(odd).toString("base64")],
    ["in base64url", Buffer.from(odd).toString("base64url")],
    ["in base64 after Bearer", Buffer.from(`Bearer ${odd}`).toString("base64")],
    ["in base64 after two letters", Buffer.from(`ab${odd}zz`).toString("base64")],
    ["in base64 as PHP writes JSON", phpOf(Buffer.from(odd).toString("base64"))],
    ["in hexadecimal", Buffer.from(odd).toString("hex")],
    ["in upper-case hexadecimal", Buffer.from(odd).toString("hex").toUpperCase()],
  ])("behavior: the key is taken out %s", (_, text) => {
    expect(of(`bad key ${text} <b>`, odd).body).toBe("bad key [api key] <b>");
    expect(of(`${text}${text}`, odd).body).toMatch(/^(\[api key\])+$/);
  });

  test("behavior: what only looks like an escape stays as it is", () => {
    const body = `50% off &c. \\u00 \\d &#; C:\\u0041dir %41 ${key}`;
    expect(of(body).body).toBe(body.replace(key, "[api key]"));
  });

  test("behavior: an escaped key across the cut shows no part of itself", () => {
    const escaped = [...key].map((each) => `\\u${hexOf(each, 4)}`).join("");
    for (let inside = 1; inside < escaped.length; inside++) {
      const cut = `${key.repeat(1_000)}${"é".repeat(20_000)}${escaped.slice(0, inside)}`;
      expect(of(cut).body).toMatch(/é$/);
    }
  });

  test("behavior: at most 64 KiB of it in bytes, and whole characters", () => {
    const { body } = of("€".repeat(30_000));
    expect(body).toBe("€".repeat(Math.floor((64 * 1024) / 3)));
  });

  test("behavior: a body of nothing but escapes takes no time", () => {
    const startedAt = performance.now();
    for (const piece of ["\\", "%", "&", "&#", "\\u00", "%25", "A"])
      of(piece.repeat(72 * 1024).slice(0, 72 * 1024));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test("behavior: a word that serves as the key behind a proxy spoils neither code nor text", () => {
    const body = JSON.stringify({ error: { code: "user_rejected", message: "the user declined" } });
    expect(of(body, "user")).toMatchObject({ code: "user_rejected", body });
    expect(of("Authorization: Bearer user", "user").body).toBe("Authorization: [api key]");
  });

  test("behavior: a short body that happens to end like the key stays whole", () => {
    expect(of("accounts").body).toBe("accounts");
  });
});

describe("reasonOf", () => {
  const reason = (message: unknown, apiKey = key) =>
    reasonOf(of(JSON.stringify({ error: { code: "bad_request", message }, request_id: "r-1" }), apiKey));

  test("default: octane's own sentence", () => {
    expect(reason("address: must be a string.")).toBe("address: must be a string.");
  });

  test("behavior: without keys, and without what a terminal or a reader is fooled by", () => {
    expect(reason(`the key ${key} is odd`)).toBe("the key [api key] is odd");
    expect(reason("a\u001b[2J\u202eb\n\n c\u2028d\u200b")).toBe("a [2J b c d");
    expect(reason("x".repeat(200))).toBe("x".repeat(200));
    expect(reason("x".repeat(201))).toBe(`${"x".repeat(200)}…`);
    expect(reason(`${"x".repeat(199)}😀😀`)).toBe(`${"x".repeat(199)}…`);
  });

  test.each([undefined, 7, "", " \u0000"])("behavior: %j is none", (message) => {
    expect(reason(message)).toBeUndefined();
  });

  test.each(["<html>", "null", '{"error":{"code":"bad_request","message":"a proxy says"}}'])(
    "behavior: %s is not octane's, and not repeated",
    (body) => {
      expect(reasonOf(of(body))).toBeUndefined();
    },
  );
});
