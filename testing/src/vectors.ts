import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** What a verifier is given, and what upstream says of it. */
export type Vector = {
  readonly number: number;
  readonly verdict: "valid" | "invalid" | "open";
  readonly key: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
};

/** Pinned, so that no edit of a vector goes unnoticed. */
const sha256 = {
  speccheck: "dfde01321a181df0e9caec537a7cf38de3b2840e03607c615e2b4a5bbcc11806",
  wycheproofEd25519: "46d15b1c2dd94240904e8ea238d7663e0bbeab621039ed66360355b3cd5933e0",
  wycheproofSecp256k1: "83e7919d5fbb3c6186725a12903f8832ced247e04132b321ea618be56e5e7e38",
} as const;

/** The cases of a file in `testing/vectors`. @throws when the file is not the one that was reviewed. */
export function readVectors(name: keyof typeof sha256): readonly Vector[] {
  const bytes = readFileSync(new URL(`../vectors/${name}.json`, import.meta.url));
  const actual = createHash("sha256").update(bytes).digest("hex");
  if (actual !== sha256[name])
    throw new Error(`testing/vectors/${name}.json has SHA-256 ${actual}, not ${sha256[name]}.`);
  return (JSON.parse(bytes.toString("utf8")) as { cases: string[] }).cases.map(readCase);
}

function readCase(line: string): Vector {
  const [number, verdict, key, message, signature] = line.split(" ");
  return {
    number: Number(number),
    verdict: verdict as Vector["verdict"],
    key: fromHex(key),
    message: fromHex(message),
    signature: fromHex(signature),
  };
}

const fromHex = (hex = ""): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
