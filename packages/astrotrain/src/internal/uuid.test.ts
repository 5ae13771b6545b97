import { afterEach, expect, test, vi } from "vitest";
import { uuid } from "./uuid.js";

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["where there is crypto.randomUUID", false],
  ["on a page over plain http, which has none", true],
])("default: RFC 9562 version 4, another each time, %s", (_, isPlain) => {
  if (isPlain) vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const made = Array.from({ length: 200 }, uuid);
  for (const each of made)
    expect(each).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(made).size).toBe(200);
});
