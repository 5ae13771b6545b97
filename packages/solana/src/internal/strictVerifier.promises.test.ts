import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { ed25519EdgeCases, smallOrderEncodings } from "@sigil/testing/ed25519EdgeCases";
import { notRun } from "@sigil/testing/notRun";
import { figure } from "@sigil/testing/promises";
import { readVectors } from "@sigil/testing/vectors";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { without } from "../../test/runtimes.js";
import { strictVerifier } from "./strictVerifier.js";

type Case = {
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
  readonly key: Uint8Array;
};

/** The same rule on each implementation of Ed25519 that a runtime may offer. */
const paths = {
  "node:crypto": async () => strictVerifier,
  WebCrypto: async () => (await without("node:crypto")).strictVerifier,
  JavaScript: async () => (await without("node:crypto", "WebCrypto")).strictVerifier,
};

const cctv = process.env.SIGIL_CCTV;
if (cctv === undefined)
  notRun("the 914 cases of C2SP's CCTV for Ed25519", "set SIGIL_CCTV to its ed25519vectors.json");

vi.setConfig({ testTimeout: 60_000 });

describe.each(Object.entries(paths))("by %s", (path, load) => {
  let verifier: typeof strictVerifier;
  beforeAll(async () => {
    verifier = await load();
  });
  const accepted = async <T extends Case>(cases: readonly T[]): Promise<readonly T[]> => {
    const taken: T[] = [];
    for (const each of cases) {
      const { signature, message, key } = each;
      if (await verifier(key)(signature, message)) taken.push(each);
    }
    return taken;
  };

  test("R18: Wycheproof's 151 cases for Ed25519", async () => {
    const vectors = readVectors("wycheproofEd25519");
    const taken = await accepted(vectors);
    const right = vectors.filter((each) => taken.includes(each) === (each.verdict === "valid"));
    figure("R18", `Ed25519 by ${path}: ${right.length} of ${vectors.length} verdicts are right`);
    expect(right).toHaveLength(151);
  });

  test("R19: of every pair of 22 encodings for key and R, what the build of the case says", async () => {
    const cases = ed25519EdgeCases();
    const taken = await accepted(cases);
    figure("R19", `by ${path}: ${taken.length} of ${cases.length} edge cases accepted`);
    expect(taken).toEqual(cases.filter(({ strict }) => strict));
    expect(taken).toHaveLength(43);
  });

  test("R19: none of ZIP-215's 196 pairs of small order", async () => {
    const encodings = smallOrderEncodings();
    const cases = encodings.flatMap((key) =>
      encodings.map((r) => ({
        key,
        message: new TextEncoder().encode("Zcash"),
        signature: new Uint8Array([...r, ...new Uint8Array(32)]),
      })),
    );
    const taken = await accepted(cases);
    figure("R19", `by ${path}: ${taken.length} of ${cases.length} small-order pairs accepted`);
    expect(cases).toHaveLength(196);
    expect(taken).toEqual([]);
  });

  test("R19: of the twelve of 'Taming the many EdDSAs', number 3 alone", async () => {
    const vectors = readVectors("speccheck");
    const taken = (await accepted(vectors)).map(({ number }) => number);
    figure("R19", `by ${path}: number ${taken.join(", ")} of the ${vectors.length} of speccheck accepted`);
    expect(taken).toEqual([3]);
  });

  if (cctv !== undefined) {
    test("R19: of CCTV's 914 cases, the 43 without small orders, other encodings and residues", async () => {
      const cases = readCctv(cctv);
      const taken = await accepted(cases);
      figure("R19", `by ${path}: ${taken.length} of CCTV's ${cases.length} cases accepted`);
      expect(cases).toHaveLength(914);
      expect(taken).toEqual(cases.filter(({ strict }) => strict));
      expect(taken).toHaveLength(43);
    });
  }
});

function readCctv(path: string): readonly (Case & { readonly strict: boolean })[] {
  const text = readFileSync(path, "utf8");
  expect(createHash("sha256").update(text).digest("hex")).toBe(
    "b38e84caf3e7e89170ff520292dbeae421b0a794c27408ce5ce973018fe3d7f9",
  );
  const cases = JSON.parse(text) as { key: string; sig: string; msg: string; flags: string[] | null }[];
  return cases.map(({ key, sig, msg, flags }) => ({
    key: Uint8Array.from(Buffer.from(key, "hex")),
    signature: Uint8Array.from(Buffer.from(sig, "hex")),
    message: new TextEncoder().encode(msg),
    // As upstream's README has it for verify_strict of ed25519-dalek.
    strict: (flags ?? []).every((flag) => /^low_order_component_[AR]$/.test(flag)),
  }));
}
