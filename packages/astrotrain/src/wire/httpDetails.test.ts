import { describe, expect, test } from "vitest";
import { httpDetails } from "./httpDetails.js";

const key = "sk_live_0123456789abcdefghijklmnop";
const of = (body: string, apiKey = key) => httpDetails({ kind: "http", status: 502, body }, apiKey);

describe("httpDetails", () => {
  test("default", () => {
    const body = JSON.stringify({ error: { code: "rate_limited" } });
    expect(httpDetails({ kind: "http", status: 429, body, retryAfterMs: 7000 }, key)).toEqual({
      kind: "http",
      status: 429,
      body,
      code: "rate_limited",
      retryAfterMs: 7000,
    });
  });

  test("behavior: the key is taken out, wherever it stands", () => {
    expect(of(`<p>Bearer ${key}</p>${key}`).body).toBe("<p>Bearer [api key]</p>[api key]");
  });

  test("behavior: a key across the cut shows no part of itself", () => {
    for (let inside = 1; inside < key.length; inside++) {
      const body = `${"x".repeat(64 * 1024 - inside)}${key}`;
      expect(of(body).body).not.toContain("sk");
      const cut = `${key.repeat(100)}${"é".repeat(40_000)}${key.slice(0, inside)}`;
      expect(of(cut).body).not.toMatch(/sk?$/);
    }
    expect(of("x".repeat(100_000)).body).toHaveLength(64 * 1024);
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
