import { describe, expect, test } from "vitest";
import { ConfigError } from "../errors/ConfigError.js";
import { joinUrl, toEndpoint } from "./endpoint.js";

const apiKey = "test-api-key-0001";
const fetch = globalThis.fetch;

describe("toEndpoint", () => {
  test.each([
    ["https://api.sigilvault.xyz/octane", "https://api.sigilvault.xyz/octane"],
    ["https://api.sigilvault.xyz/octane/", "https://api.sigilvault.xyz/octane"],
    ["HTTPS://API.example", "https://api.example"],
    ["https://octane.example:8443", "https://octane.example:8443"],
    ["http://127.0.0.1:8124", "http://127.0.0.1:8124"],
    ["http://127.9.9.9:1/", "http://127.9.9.9:1"],
    ["http://localhost:8124/octane", "http://localhost:8124/octane"],
    ["http://[::1]:8124", "http://[::1]:8124"],
    ["/api", "/api"],
    ["/api/", "/api"],
    ["/api/sigil//", "/api/sigil"],
    ["/", ""],
  ])("parameters: octaneUrl %s", (octaneUrl, base) => {
    expect(toEndpoint({ octaneUrl, apiKey, fetch }).base).toBe(base);
  });

  test.each([
    "",
    "octane.example",
    "ftp://octane.example",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "//octane.example",
    "\\\\octane.example",
    "https:/octane.example",
    "https:octane.example",
    "https://",
    "https://user@octane.example",
    "https://user:secret@octane.example",
    "https://@octane.example",
    "https://:@octane.example",
    "https://octane.example?x=1",
    "https://octane.example?",
    "https://octane.example#x",
    "https://octane.example#",
    "https://octane.example\\@evil.example",
    " https://octane.example",
    "https://octane.example\n",
    "https://oct\tane.example",
    "http://octane.example",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil.example",
    "http://evil.example/127.0.0.1",
    "http://0.0.0.0:8124",
    "http://10.0.0.1:8124",
    "http://[::2]:8124",
    "http://[::ffff:10.0.0.1]",
    "https://octane.example:99999",
    "/api?x",
    "/api#x",
    "/\\evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "/%2e//evil.example",
  ])("behavior: refuses octaneUrl %j without repeating it", (octaneUrl) => {
    const attempt = (): unknown => toEndpoint({ octaneUrl, apiKey, fetch });
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(/^octaneUrl: /);
    expect(attempt).not.toThrow("evil");
    expect(attempt).not.toThrow("secret");
  });

  test("behavior: a path needs a page, or a fetch of the caller's", () => {
    for (const octaneUrl of ["/api", "/", "/api/.."]) {
      expect(() => toEndpoint({ octaneUrl, apiKey })).toThrow(/whole URL/);
    }
  });

  test.each(["", "a b", "a\nb", "a\r\nx-evil: 1", "a\0b", "clé", "k".repeat(4097), 12 as unknown as string])(
    "behavior: refuses apiKey %j without repeating it",
    (bad) => {
      const attempt = (): unknown => toEndpoint({ octaneUrl: "https://octane.example", apiKey: bad });
      expect(attempt).toThrow(ConfigError);
      if (bad !== "") expect(attempt).not.toThrow(String(bad));
    },
  );
});

describe("joinUrl", () => {
  test("default", () => {
    expect(joinUrl("https://octane.example/octane", ["sp", "sign"])).toBe(
      "https://octane.example/octane/sp/sign",
    );
    expect(joinUrl("/api", ["sp", "sign"])).toBe("/api/sp/sign");
  });

  test("behavior: a segment stays one segment", () => {
    const { pathname, search } = new URL(joinUrl("https://octane.example", ["sp", "a?b#c%2e d", "events"]));
    expect(pathname.split("/")).toEqual(["", "sp", "a%3Fb%23c%252e%20d", "events"]);
    expect(search).toBe("");
  });
});
