import { createHash, createPublicKey, verify as verifyByNode } from "node:crypto";
import { readFileSync } from "node:fs";
import { ed25519EdgeCases, smallOrderEncodings } from "@sigil/testing/ed25519EdgeCases";
import { notRun } from "@sigil/testing/notRun";
import { figure } from "@sigil/testing/promises";
import { readVectors } from "@sigil/testing/vectors";
import { afterEach, describe, expect, test, vi } from "vitest";
import { isSmallOrder, verifyStrict } from "./verifyStrict.js";

type Case = {
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
  readonly key: Uint8Array;
};
type Verify = (each: Case) => Promise<boolean>;

/** The same rule on each implementation of Ed25519 that a runtime may offer. */
const paths: readonly (readonly [name: string, verify: Verify])[] = [
  ["WebCrypto", ({ signature, message, key }) => verifyStrict(signature, message, key)],
  ["JavaScript", verifyWithoutWebCrypto],
  ["node:crypto", async (each) => strictByNode(each)],
];

const cctv = process.env.SIGIL_CCTV;
if (cctv === undefined)
  notRun("the 914 cases of C2SP's CCTV for Ed25519", "set SIGIL_CCTV to its ed25519vectors.json");

vi.setConfig({ testTimeout: 60_000 });
afterEach(() => vi.restoreAllMocks());

describe.each(paths)("by %s", (path, verify) => {
  const accepted = async <T extends Case>(cases: readonly T[]): Promise<readonly T[]> => {
    const taken: T[] = [];
    for (const each of cases) if (await verify(each)) taken.push(each);
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

/** As in a runtime whose WebCrypto has no Ed25519. */
async function verifyWithoutWebCrypto({ signature, message, key }: Case): Promise<boolean> {
  vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("none", "NotSupportedError"));
  const verdict = await verifyStrict(signature, message, key);
  vi.restoreAllMocks();
  return verdict;
}

/** OpenSSL without WebCrypto in between, and our refusal of small orders. */
function strictByNode({ signature, message, key }: Case): boolean {
  if (isSmallOrder(key) || isSmallOrder(signature.subarray(0, 32))) return false;
  const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(key).toString("base64url") };
  return verifyByNode(null, message, createPublicKey({ key: jwk, format: "jwk" }), signature);
}

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
