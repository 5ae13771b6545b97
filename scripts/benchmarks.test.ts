import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { placeOf } from "../benchmarks/src/measure/placeOf.js";
import { estimate, median, quantile, randomFrom } from "../benchmarks/src/statistics.js";

test("default: the median, of an odd number and of an even one, in whatever order", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test.each([
  [0, 1],
  [0.25, 1.75],
  [0.5, 2.5],
  [1, 4],
])("parameters: of 1, 2, 3 and 4, a part of %d lies below %d", (part, value) => {
  expect(quantile([3, 1, 4, 2], part)).toBe(value);
});

test("behavior: what was measured stays in its order", () => {
  const values = [3, 1, 2];
  quantile(values, 0.5);
  expect(values).toEqual([3, 1, 2]);
});

test("behavior: the same seed draws the same numbers, spread from 0 to 1", () => {
  const drawn = (seed: number): readonly number[] => {
    const random = randomFrom(seed);
    return Array.from({ length: 2_000 }, random);
  };
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(8)).not.toEqual(drawn(7));
  for (const tenth of Array.from({ length: 10 }, (_, i) => i / 10)) {
    const within = drawn(7).filter((each) => each >= tenth && each < tenth + 0.1).length;
    expect(within).toBeGreaterThan(140);
    expect(within).toBeLessThan(260);
  }
});

test("behavior: without spread the bounds are the median itself", () => {
  expect(estimate([2, 2, 2], randomFrom(1))).toEqual({ median: 2, low: 2, high: 2 });
});

test("behavior: the true median lies within the bounds about as often as they say", () => {
  const random = randomFrom(1);
  const tries = 200;
  let within = 0;
  for (let i = 0; i < tries; i++) {
    // Ratios as they are measured: seldom far off, and then upwards.
    const { low, high } = estimate(
      Array.from({ length: 15 }, () => 1 - Math.log(1 - random()) / 10),
      random,
      300,
    );
    const truth = 1 + Math.LN2 / 10;
    if (low <= truth && truth <= high) within++;
  }
  expect(within / tries).toBeGreaterThan(0.87);
  expect(within / tries).toBeLessThan(1);
});

test.each([
  ["(idle)", "", undefined],
  ["(garbage collector)", "", "garbage collection"],
  ["(program)", "", "native code"],
  ["fetch", "node:internal/deps/undici/undici", "Node: fetch"],
  ["abort", "node:internal/abort_controller", "Node: streams and signals of the web"],
  ["request", "node:_http_client", "Node: the rest"],
  [
    "multiply",
    "file:///a/packages/evm/node_modules/.pnpm/@noble+curves@2.0.0/node_modules/@noble/curves/secp256k1.js",
    "@noble/curves",
  ],
  ["work", "file:///a/benchmarks/dist/measure/run.js", "the benchmark"],
])("behavior: the place of %s in %s is %s", (functionName, url, place) => {
  expect(placeOf({ functionName, url, lineNumber: 0 })).toBe(place);
});

test("behavior: the place of our own code is the folder of the source that it was bundled from", () => {
  const folder = mkdtempSync(join(tmpdir(), "sigil-place-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "packages/astrotrain/dist/shared/index-pairing.js");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    "import a;\n// src/transport/send.ts\nasync function send() {}\n// src/version.ts\nvar v;\n",
  );
  const place = (lineNumber: number) =>
    placeOf({ functionName: "", url: pathToFileURL(file).href, lineNumber });
  expect(place(2)).toBe("@sigil/astrotrain: transport");
  expect([place(0), place(4)]).toEqual(["@sigil/astrotrain", "@sigil/astrotrain"]);
});
