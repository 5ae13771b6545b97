import { afterEach, expect, test, vi } from "vitest";
import { uuid } from "./uuid.js";

afterEach(() => vi.unstubAllGlobals());

test("default: RFC 9562 version 4, another each time, on a page over plain http too", () => {
  // Such pages have no crypto.randomUUID.
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const made = Array.from({ length: 200 }, uuid);
  for (const each of made)
    expect(each).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(made).size).toBe(200);
});
