import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

// Makes the compact vectors beside this file from the files that README.md names. It keeps numbers and verdicts, none
// of the prose.

type Case = {
  readonly key: string;
  readonly message: string;
  readonly signature: string;
  readonly verdict: string;
};

type Wycheproof = {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk?: string; readonly uncompressed?: string };
    readonly tests: readonly { tcId: number; msg: string; sig: string; result: string }[];
  }[];
};

const [wycheproof, fastcrypto] = process.argv.slice(2);
if (wycheproof === undefined || fastcrypto === undefined)
  throw new Error("Give the folders of the unpacked crates wycheproof and fastcrypto.");

fromWycheproof("ed25519_test.json", "wycheproofEd25519.json");
fromWycheproof("ecdsa_secp256k1_sha256_p1363_test.json", "wycheproofSecp256k1.json");
fromSpeccheck("speccheck.json");

function fromWycheproof(file: string, to: string): void {
  const text = readFileSync(`${wycheproof}/src/data/${file}`, "utf8");
  const groups = (JSON.parse(text) as Wycheproof).testGroups;
  const cases = groups.flatMap(({ publicKey, tests }) =>
    tests.map(({ tcId, msg, sig, result }) => ({
      number: tcId,
      key: publicKey.pk ?? publicKey.uncompressed ?? "",
      message: msg,
      signature: sig,
      verdict: result,
    })),
  );
  write(to, text, cases);
}

/** The crate has the twelve as three lists of messages, keys and signatures. They have no verdict: schemes differ. */
function fromSpeccheck(to: string): void {
  const text = readFileSync(`${fastcrypto}/src/tests/ed25519_tests.rs`, "utf8");
  const start = text.indexOf("fn ed25519_speccheck");
  const numbers = [...text.slice(start).matchAll(/"([0-9a-f]{64}|[0-9a-f]{128})"/g)].map(
    ([, hex]) => hex ?? "",
  );
  const cases = Array.from({ length: 12 }, (_, number) => ({
    number,
    message: numbers[number] ?? "",
    key: numbers[12 + number] ?? "",
    signature: numbers[24 + number] ?? "",
    verdict: "open",
  }));
  write(to, text, cases);
}

/** One text for each case, so that a case is one line. */
function write(to: string, upstream: string, cases: readonly (Case & { readonly number: number })[]): void {
  const upstreamSha256 = createHash("sha256").update(upstream).digest("hex");
  const lines = cases.map(({ number, verdict, key, message, signature }) =>
    [number, verdict, key, message, signature].join(" "),
  );
  const json = `${JSON.stringify({ upstreamSha256, cases: lines }, undefined, 2)}\n`;
  writeFileSync(new URL(to, import.meta.url), json);
  console.log(to, cases.length, createHash("sha256").update(json).digest("hex"));
}
