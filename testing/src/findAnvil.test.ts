import { describe, expect, test } from "vitest";
import { type AnvilHost, findAnvil } from "./findAnvil.js";

const host: AnvilHost = {
  platform: "linux",
  arch: "x64",
  anvilPath: undefined,
  resolve: (specifier) => `/modules/${specifier}`,
};

const missing = (): never => {
  throw new Error("MODULE_NOT_FOUND");
};

describe("findAnvil", () => {
  test("default: the packaged binary, then ANVIL_PATH, then PATH", () => {
    expect(findAnvil({ ...host, anvilPath: "/opt/anvil" })).toEqual([
      {
        command: "/modules/@foundry-rs/anvil-linux-amd64/bin/anvil",
        from: "@foundry-rs/anvil-linux-amd64",
      },
      { command: "/opt/anvil", from: "ANVIL_PATH" },
      { command: "anvil", from: "PATH" },
    ]);
  });

  test.each([
    ["darwin", "arm64", "@foundry-rs/anvil-darwin-arm64/bin/anvil"],
    ["darwin", "x64", "@foundry-rs/anvil-darwin-amd64/bin/anvil"],
    ["linux", "arm64", "@foundry-rs/anvil-linux-arm64/bin/anvil"],
    ["win32", "x64", "@foundry-rs/anvil-win32-amd64/bin/anvil.exe"],
  ])("parameters: %s %s", (platform, arch, file) => {
    expect(findAnvil({ ...host, platform, arch })[0]?.command).toBe(`/modules/${file}`);
  });

  test("behavior: falls back when the platform package is not installed", () => {
    expect(findAnvil({ ...host, resolve: missing })).toEqual([{ command: "anvil", from: "PATH" }]);
  });

  test("behavior: falls back on a platform that has no package", () => {
    expect(findAnvil({ ...host, platform: "freebsd" })).toEqual([{ command: "anvil", from: "PATH" }]);
  });

  test("behavior: an empty ANVIL_PATH is none", () => {
    expect(findAnvil({ ...host, resolve: missing, anvilPath: "" })).toHaveLength(1);
  });
});
