import { describe, expect, test, vi } from "vitest";
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
    ["http://127.100.20.30:1", "http://127.100.20.30:1"],
    ["http://LOCALHOST:1", "http://localhost:1"],
    ["https://octane.example/a@b", "https://octane.example/a@b"],
    ["/a@b", "/a@b"],
    ["https://octane.example/a///", "https://octane.example/a"],
    ["https://octane.example/x/https://@y", "https://octane.example/x/https://@y"],
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

  test.each([
    ["", "must be a URL such as https://api.sigilvault.xyz/octane."],
    [undefined, "must be a URL such as https://api.sigilvault.xyz/octane."],
    [new URL("https://octane.example"), "must be a URL such as https://api.sigilvault.xyz/octane."],
    ["https://octane.example?x", "must have no white space, backslash, query or fragment."],
    ["//octane.example", "must name its scheme: https://… or a path such as /api."],
    ["octane.example", "must begin with https://, or be a path such as /api."],
    ["xhttps://octane.example", "must begin with https://, or be a path such as /api."],
    ["https://octane.example:99999", "is not a valid URL."],
    ["https://user@octane.example", "must hold no user name or password."],
    ["https://:secret@octane.example", "must hold no user name or password."],
    ["https://@octane.example", "must hold no user name or password."],
    ["http://@localhost", "must hold no user name or password."],
    ["http://octane.example", "must be https; http is for 127.0.0.0/8, [::1] and localhost only."],
    ["/.//evil.example", "must be a path of this page's own host."],
  ])("behavior: octaneUrl %s: %s", (octaneUrl, message) => {
    expect(() => toEndpoint({ octaneUrl: octaneUrl as string, apiKey, fetch })).toThrow(
      new ConfigError("octaneUrl", message),
    );
  });

  test("behavior: what is wrong with another argument is said", () => {
    const octaneUrl = "https://octane.example";
    expect(() => toEndpoint({ octaneUrl, apiKey: undefined as never })).toThrow(
      new ConfigError("apiKey", "is missing: give the SP's bearer key."),
    );
    expect(() => toEndpoint({ octaneUrl, apiKey: "a b" })).toThrow(
      new ConfigError("apiKey", "must be 1 to 4096 printable ASCII characters without spaces."),
    );
    expect(() => toEndpoint({ octaneUrl, apiKey, fetch: {} as typeof fetch })).toThrow(
      new ConfigError("fetch", "must be a function like the global fetch."),
    );
    expect(() => toEndpoint({ octaneUrl: "/api", apiKey })).toThrow(
      new ConfigError("octaneUrl", "a path such as /api works in a browser only; give the whole URL here."),
    );
    expect(toEndpoint({ octaneUrl, apiKey: "k".repeat(4096) }).apiKey).toHaveLength(4096);
  });

  test("behavior: a fetch that replaces the global one later on is called", async () => {
    const endpoint = toEndpoint({ octaneUrl: "https://octane.example", apiKey });
    const answer = new Response("later");
    const replaced = vi.spyOn(globalThis, "fetch").mockResolvedValue(answer);
    try {
      expect(await endpoint.fetch("https://octane.example/x", { method: "POST" })).toBe(answer);
      expect(replaced).toHaveBeenCalledExactlyOnceWith("https://octane.example/x", { method: "POST" });
    } finally {
      replaced.mockRestore();
    }
  });

  test("behavior: in a page a path is enough", () => {
    vi.stubGlobal("location", { href: "https://app.example/" });
    try {
      expect(toEndpoint({ octaneUrl: "/api", apiKey }).base).toBe("/api");
    } finally {
      vi.unstubAllGlobals();
    }
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
